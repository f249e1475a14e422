"""Who reads reports where, and to whom a person can report."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from tandemwerk.people.models import User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.programmes.models import Organisation, Participation
from tandemwerk.programmes.selectors.visible import organisations_owned_by, programmes_run_by
from tandemwerk.safeguarding.models import EmergencyText, SafeguardingPerson

LEAST = 2  # nobody reads a report alone


@dataclass(frozen=True, slots=True)
class Reader:
    """A safeguarding person as reporters see them."""

    user: User
    also_coordinates: bool
    also_owns: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """One organisation somebody can report to, with all they must know before."""

    organisation: Organisation
    readers: tuple[Reader, ...]  # without people the reporter is or was in a tandem with
    is_staffed: bool  # there are enough of them, so that a report is read
    emergency: str


def reads_reports(user: User) -> bool:
    """Does `user` read reports somewhere? No query: kept on the account."""
    return user.reads_reports


def accepted() -> QuerySet[SafeguardingPerson]:
    """Everybody who was named and said yes."""
    return SafeguardingPerson.objects.filter(accepted_at__isnull=False)


def staffed_organisations() -> QuerySet[SafeguardingPerson, int]:
    """Ids of organisations with enough safeguarding people, for use inside other queries."""
    return (
        accepted()
        .order_by()
        .values("organisation")
        .annotate(people=Count("pk"))
        .filter(people__gte=LEAST)
        .values_list("organisation", flat=True)
    )


def roles_of(user: User) -> list[SafeguardingPerson]:
    """Where `user` reads reports. One query."""
    return list(accepted().filter(user=user).select_related("organisation"))


def staffed_roles(roles: Iterable[SafeguardingPerson]) -> set[int]:
    """Ids of those organisations of `roles` in which reports can be read. One query."""
    wanted = [role.organisation_id for role in roles]
    return set(staffed_organisations().filter(organisation__in=wanted))


def named_in(organisation: Organisation) -> QuerySet[SafeguardingPerson]:
    """Everybody named in one organisation."""
    return SafeguardingPerson.objects.filter(organisation=organisation).select_related("user")


def asked(user: User) -> QuerySet[SafeguardingPerson]:
    """Questions and roles of `user`, also those that went to their mail address."""
    return SafeguardingPerson.objects.filter(
        Q(user=user) | Q(user__isnull=True, email=user.email)
    ).select_related("organisation")


def question_with(digest: str, now: datetime) -> SafeguardingPerson | None:
    """The open question whose letter carries the secret with this digest. One query."""
    rows = SafeguardingPerson.objects.filter(user__isnull=True, expires_at__gt=now)
    return rows.filter(digest=digest).select_related("organisation").first() if digest else None


class QuestionPage(StrEnum):
    """What the page behind the letter's link shows."""

    UNKNOWN = "unknown"  # no such link, expired, taken back or answered
    NEW = "new"  # no account yet
    LOG_IN = "log_in"
    SOMEBODY_ELSE = "somebody_else"  # logged in, but with another address
    ANSWER = "answer"


def question_page(row: SafeguardingPerson | None, visitor: User | AnonymousUser) -> QuestionPage:
    """Which of them, for whoever holds the link. At most one query."""
    if row is None:
        return QuestionPage.UNKNOWN
    if visitor.is_authenticated:
        is_theirs = visitor.email == row.email
        return QuestionPage.ANSWER if is_theirs else QuestionPage.SOMEBODY_ELSE
    owner = User.objects.filter(email=row.email).first()
    return QuestionPage.LOG_IN if owner and has_account(owner) else QuestionPage.NEW


def organisations_run_by(user: User) -> QuerySet[Organisation]:
    """Organisations in which `user` runs something: their page of safeguarding people exists."""
    return Organisation.objects.filter(
        Q(programmes__in=programmes_run_by(user)) | Q(owners__user=user)
    ).distinct()


def organisations_owned(user: User) -> QuerySet[Organisation]:
    """Organisations whose safeguarding people `user` names."""
    return organisations_owned_by(user)


def people_of(organisation: Organisation) -> list[SafeguardingPerson]:
    """Everybody named, in order, also those who have not answered. One query."""
    return list(named_in(organisation))


def partners_of(user: User) -> set[int]:
    """Ids of all who are or were in a tandem with `user`. One query."""
    found = User.objects.filter(tandem_memberships__tandem__members__user=user).exclude(pk=user.pk)
    return set(found.values_list("pk", flat=True))


def addressees_of(user: User) -> list[Addressee]:
    """Organisations `user` can report to: where they take part, run or read anything.

    Three queries, and five more if there is any.
    """
    taking_part = Participation.objects.filter(user=user).values("cohort__programme__organisation")
    found = list(
        Organisation.objects.filter(
            Q(pk__in=taking_part)
            | Q(pk__in=organisations_run_by(user).values("pk"))
            | Q(pk__in=accepted().filter(user=user).values("organisation"))
        ).order_by("name", "pk")
    )
    if not found:
        return []
    named = list(accepted().filter(organisation__in=found).select_related("user"))
    not_for = {*partners_of(user), user.pk}
    marks = Marks.of(found, [row.user_id for row in named if row.user_id])
    texts = dict(
        EmergencyText.objects.filter(organisation__in=found).values_list("organisation_id", "text")
    )
    return [_addressee(place, named, not_for, marks, texts) for place in found]


def _addressee(
    organisation: Organisation,
    named: Iterable[SafeguardingPerson],
    not_for: set[int],
    marks: "Marks",
    texts: dict[int, object],
) -> Addressee:
    readers = tuple(
        marks.reader(organisation, row.user)
        for row in named
        if row.organisation_id == organisation.pk
        if row.user is not None and row.user.pk not in not_for
    )
    emergency = str(texts.get(organisation.pk) or "") or emergency_default()
    return Addressee(organisation, readers, len(readers) >= LEAST, emergency)


@dataclass(frozen=True, slots=True)
class Marks:
    """What else readers are: (organisation, person) of those who coordinate or own there."""

    coordinators: frozenset[tuple[int, int]]
    owners: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, organisations: Iterable[Organisation], users: Collection[int]) -> "Marks":
        """Two queries."""
        places = Organisation.objects.filter(pk__in=[place.pk for place in organisations])
        running = places.filter(programmes__coordinators__user__in=users)
        owning = places.filter(owners__user__in=users)
        return cls(
            frozenset(running.values_list("pk", "programmes__coordinators__user")),
            frozenset(owning.values_list("pk", "owners__user")),
        )

    def reader(self, organisation: Organisation, user: User) -> Reader:
        """`user` as a reader in `organisation`."""
        at = (organisation.pk, user.pk)
        return Reader(user, at in self.coordinators, at in self.owners)


def emergency_default() -> str:
    """The house's own words for emergencies, in the reader's language."""
    return gettext(
        "If somebody is in danger now, call 112: the emergency number all over Europe, free of "
        "charge, day and night. Reports are not read around the clock."
    )


def emergency_of(organisation: Organisation) -> EmergencyText | None:
    """The organisation's own words, if it wrote any. One query."""
    return EmergencyText.objects.filter(organisation=organisation).first()
