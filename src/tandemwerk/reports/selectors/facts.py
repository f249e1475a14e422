"""What the home page must know about one person, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from tandemwerk.notifications.enums import MailState
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.models import ProfileLanguage, ProfileTopic, User
from tandemwerk.programmes.enums import (
    ImportState,
    ParticipationState,
    ProgrammeState,
    Role,
    RowOutcome,
)
from tandemwerk.programmes.models import Cohort, ImportBatch, Organisation, Participation, Programme
from tandemwerk.programmes.selectors.course import course_length
from tandemwerk.programmes.selectors.visible import (
    cohorts_run_by,
    organisations_owned_by,
    participations_of,
    programmes_run_by,
)
from tandemwerk.reports.priorities import (
    CohortFacts,
    Facts,
    PlaceFacts,
    PreparationFacts,
    TandemFacts,
)
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.mine import TandemCard, tandems_mine

COHORTS_SHOWN = 20
SOON = timedelta(days=3)
POOL = (ParticipationState.INVITED, ParticipationState.JOINED)
TOPIC_OF = {Role.MENTEE: TopicKind.WANTED, Role.MENTOR: TopicKind.OFFERED}


def facts_of(user: User, now: datetime) -> Facts:
    """All facts, by role.

    Queries: five for a participant, three more for everybody who runs a programme and five for
    its cohorts, two for operators; never more with more rows.
    """
    cohorts = list(_cohorts(user))
    programmes = list(_programmes(user))
    places = list(_participations(user))
    return Facts(
        tandems=[_tandem(card) for card in tandems_mine(user, now)],
        places=_places(user, places),
        preparations=_preparations(places),
        cohorts=_cohort_facts(cohorts, now) if cohorts else [],
        empty_programmes=[(p.pk, str(p.name)) for p in programmes if not p.has_cohort],
        programmes=len(programmes),
        owns=organisations_owned_by(user).count(),
        is_operator=user.is_operator,
        organisations=Organisation.objects.count() if user.is_operator else 0,
        mails_failed=_mails_failed() if user.is_operator else 0,
    )


def _mails_failed() -> int:
    return OutboxMail.objects.filter(state=MailState.FAILED).count()


def _cohorts(user: User) -> QuerySet[Cohort]:
    """The newest cohorts the person runs, of programmes that are not archived."""
    return cohorts_run_by(user).exclude(programme__state=ProgrammeState.ARCHIVED)[:COHORTS_SHOWN]


def _programmes(user: User) -> "QuerySet[Any]":
    has_cohort = Exists(Cohort.objects.filter(programme=OuterRef("pk")))
    rows: QuerySet[Programme] = programmes_run_by(user).exclude(state=ProgrammeState.ARCHIVED)
    return rows.annotate(has_cohort=has_cohort)


def _tandem(card: TandemCard) -> TandemFacts:
    return TandemFacts(
        pk=card.pk,
        state=card.state,
        other=card.other_name,
        programme=card.programme,
        i_answered=card.i_answered,
        is_met=card.is_met,
        deadline=card.deadline,
        next_step=card.next_due_title,
    )


def _participations(user: User) -> "QuerySet[Any]":
    """The person's own, with how many steps of the preparation they have read."""
    rows = participations_of(user).exclude(cohort__programme__state=ProgrammeState.ARCHIVED)
    return rows.annotate(steps_read=Count("course_reads"))


def _preparations(rows: Iterable[Any]) -> list[PreparationFacts]:
    """Preparations of joined people, with how much of each is still to be read. No query."""
    return [
        PreparationFacts(
            participation_pk=row.pk,
            programme=str(row.cohort.programme.name),
            left=course_length(row.role) - row.steps_read,
        )
        for row in rows
        if row.state == ParticipationState.JOINED
    ]


def _places(user: User, rows: Iterable[Any]) -> list[PlaceFacts]:
    """Participations that wait for a first tandem, or pause. Two queries."""
    waiting = [
        p
        for p in rows
        if p.state == ParticipationState.PAUSED
        or (p.state in POOL and not p.seats_taken and not p.proposals_open)
    ]
    kinds = set(ProfileTopic.objects.filter(profile__user=user).values_list("kind", flat=True))
    speaks = ProfileLanguage.objects.filter(profile__user=user).exists()
    return [
        PlaceFacts(
            programme=str(p.cohort.programme.name),
            state=cast("Literal['invited', 'joined', 'paused', 'withdrawn']", p.state),
            is_complete=speaks and TOPIC_OF[Role(p.role)] in kinds,
        )
        for p in waiting
    ]


def _cohort_facts(cohorts: list[Cohort], now: datetime) -> list[CohortFacts]:
    """Facts of all cohorts together, in five queries."""
    people = _by_cohort(_people(cohorts))
    near = _by_cohort(_deadlines(cohorts, now))
    runs: dict[int, dict[str, Any]] = {}
    for row in (
        MatchRun.objects.filter(cohort__in=cohorts)
        .exclude(state=RunState.DISCARDED)
        .order_by("cohort", "number")
        .values("cohort", "pk", "state")
    ):
        known = runs.setdefault(row["cohort"], {"has_published": False})
        known |= {"state": row["state"], "pk": row["pk"]}
        known["has_published"] |= row["state"] == RunState.PUBLISHED
    imports = _by_cohort(_imports(cohorts))
    return [_cohort(cohort, people, near, runs, imports) for cohort in cohorts]


def _cohort(
    cohort: Cohort,
    people: dict[int, dict[str, Any]],
    near: dict[int, dict[str, Any]],
    runs: dict[int, dict[str, Any]],
    imports: dict[int, dict[str, Any]],
) -> CohortFacts:
    counts, run = people.get(cohort.pk, {}), runs.get(cohort.pk, {})
    latest = imports.get(cohort.pk, {})
    return CohortFacts(
        pk=cohort.pk,
        name=str(cohort),
        people=counts.get("people", 0),
        mentees_ready=counts.get("mentees_ready", 0),
        seats_free=counts.get("free_seats") or 0,
        incomplete=counts.get("incomplete", 0),
        deadlines_near=near.get(cohort.pk, {}).get("near", 0),
        has_published=run.get("has_published", False),
        run_ready=run["pk"] if run.get("state") == RunState.READY else None,
        is_run_failed=run.get("state") == RunState.FAILED,
        import_errors=latest.get("faults", 0),
        is_import_failed=latest.get("state") == ImportState.FAILED,
        is_import_open=latest.get("state") in {ImportState.UPLOADED, ImportState.CHECKED},
    )


def _by_cohort(rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """Later rows win, so the newest comes last."""
    return {row["cohort"]: row for row in rows}


def _people(cohorts: list[Cohort]) -> Iterable[Any]:
    """Who is there, who can be matched, whose profile lacks what matching needs."""
    topics = ProfileTopic.objects.filter(profile__user=OuterRef("user"))
    speaks = Q(Exists(ProfileLanguage.objects.filter(profile__user=OuterRef("user"))))
    is_mentee = Q(role=Role.MENTEE) & Q(Exists(topics.filter(kind=TopicKind.WANTED)))
    is_mentor = Q(role=Role.MENTOR) & Q(Exists(topics.filter(kind=TopicKind.OFFERED)))
    free = Q(seats__gt=F("seats_taken") + F("proposals_open"))
    return (
        Participation.objects.filter(cohort__in=cohorts, state__in=POOL)
        .order_by()
        .values("cohort")
        .annotate(
            people=Count("pk"),
            mentees_ready=Count("pk", filter=free & speaks & is_mentee),
            free_seats=Sum(
                F("seats") - F("seats_taken") - F("proposals_open"),
                filter=free & speaks & is_mentor,
            ),
            incomplete=Count("pk", filter=free & ~(speaks & (is_mentee | is_mentor))),
        )
    )


def _deadlines(cohorts: list[Cohort], now: datetime) -> Iterable[Any]:
    near = now + SOON
    return (
        Tandem.objects.filter(
            Q(state=TandemState.PROPOSED, answer_by__lte=near)
            | Q(state=TandemState.CHEMISTRY, chemistry_by__lte=near),
            cohort__in=cohorts,
        )
        .order_by()
        .values("cohort")
        .annotate(near=Count("pk"))
    )


def _imports(cohorts: list[Cohort]) -> Iterable[Any]:
    """All imports of the cohorts with the number of their faulty rows, the newest last."""
    return (
        ImportBatch.objects.filter(cohort__in=cohorts)
        .order_by("pk")
        .values("cohort", "state", "pk")
        .annotate(faults=Count("rows", filter=Q(rows__outcome=RowOutcome.ERROR)))
    )
