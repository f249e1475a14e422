"""Who reads one case: those it was sent to, as long as they may, and those it was handed to."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.safeguarding.enums import CaseState
from tandemwerk.safeguarding.models import Case, CaseReader
from tandemwerk.safeguarding.selectors.people import LEAST, Marks, Reader, accepted, partners_of
from tandemwerk.tandems.models import TandemMember


def readers_now() -> QuerySet[CaseReader]:
    """Readers of cases who may read them today.

    They still have the role, and are neither the reporter nor anybody who is or was in a tandem
    with them: not when the case was sent (`kept_from`) and not by now.
    """
    role = accepted().filter(user=OuterRef("user"), organisation=OuterRef("case__organisation"))
    kept = Case.kept_from.through.objects.filter(case=OuterRef("case"), user=OuterRef("user"))
    partner = TandemMember.objects.filter(
        user=OuterRef("user"), tandem__members__user=OuterRef("case__reporter")
    )
    return CaseReader.objects.filter(
        ~Q(user=F("case__reporter")) | Q(case__reporter__isnull=True),
        Exists(role),
        ~Exists(kept),
        ~Exists(partner),
    )


def cases_staffed() -> QuerySet[CaseReader, int]:
    """Ids of cases with enough readers, for use inside other queries."""
    return (
        readers_now()
        .order_by()
        .values("case")
        .annotate(people=Count("pk"))
        .filter(people__gte=LEAST)
        .values_list("case", flat=True)
    )


def cases_of_reader(user: User) -> QuerySet[Case]:
    """Cases that are for `user`, also those which too few people could read just now."""
    mine = readers_now().filter(user=user).values("case")
    return Case.objects.filter(pk__in=mine).select_related("organisation", "reporter")


def cases_waiting(user: User) -> list[Case]:
    """Cases that are for `user`, and that nobody reads because `user` would be alone. One query."""
    return list(cases_of_reader(user).exclude(pk__in=cases_staffed()))


def cases_left_alone(user: User, organisation: Organisation) -> int:
    """How many open cases would be without two readers if `user` went. One query."""
    others = readers_now().exclude(user=user).order_by().values("case").annotate(people=Count("pk"))
    enough = others.filter(people__gte=LEAST).values("case")
    mine = cases_of_reader(user).filter(organisation=organisation).exclude(pk__in=enough)
    return mine.exclude(state=CaseState.CLOSED).count()


@dataclass(frozen=True, slots=True)
class CaseReaders:
    """Who reads a case, and who could be let in by one of its readers or by the reporter."""

    readers: tuple[Reader, ...]
    others: tuple[Reader, ...]

    @property
    def is_staffed(self) -> bool:
        """Enough, so that it is read."""
        return len(self.readers) >= LEAST


def case_readers(case: Case) -> CaseReaders:
    """Readers of one case with what else they are. Six queries."""
    own = set(readers_now().filter(case=case).values_list("user", flat=True))
    named = [row.user for row in accepted().filter(organisation=case.organisation_id)
             .select_related("user") if row.user is not None]  # fmt: skip
    found = {user.pk for user in named}
    barred = _barred(case)
    marks = Marks.of([case.organisation], found)
    return CaseReaders(
        _marked(case, marks, [user for user in named if user.pk in own]),
        _marked(case, marks, [user for user in named if user.pk not in own | barred]),
    )


def may_be_reader(case: Case, user: User) -> bool:
    """Has `user` the role, and nothing in common with the reporter? Up to four queries."""
    role = accepted().filter(organisation=case.organisation_id, user=user)
    return user.pk not in _barred(case) and role.exists()


def reporters_waiting(organisation: Organisation) -> set[int]:
    """Ids of people whose open reports too few can read. One query."""
    waiting = Case.objects.filter(organisation=organisation, reporter__isnull=False)
    open_ones = waiting.exclude(state=CaseState.CLOSED).exclude(pk__in=cases_staffed())
    return {pk for pk in open_ones.values_list("reporter", flat=True) if pk is not None}


def _barred(case: Case) -> set[int]:
    kept = set(case.kept_from.values_list("pk", flat=True))
    if case.reporter is None:
        return kept
    return kept | {case.reporter.pk} | partners_of(case.reporter)


def _marked(case: Case, marks: Marks, users: Collection[User]) -> tuple[Reader, ...]:
    return tuple(marks.reader(case.organisation, user) for user in users)
