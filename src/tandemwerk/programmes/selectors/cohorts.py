"""Figures and lists for the pages of programmes and cohorts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ImportState, ParticipationState, Role
from tandemwerk.programmes.models import (
    Cohort,
    CoordinatorInvitation,
    ImportBatch,
    Participation,
    Programme,
    ProgrammeCoordinator,
)
from tandemwerk.programmes.selectors.visible import programmes_run_by

STATE = ParticipationState
IN = [STATE.INVITED, STATE.JOINED, STATE.PAUSED]


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """How many people in which state; `seats` and `seats_taken` of mentors who take part."""

    mentees: int
    mentors: int
    mentees_joined: int
    mentors_joined: int
    invited: int
    uninvited: int
    expired: int
    paused: int
    seats: int
    seats_taken: int

    @property
    def people(self) -> int:
        return self.mentees + self.mentors

    @property
    def seats_missing(self) -> int:
        """Mentees who take part beyond the places of mentors who take part."""
        return max(0, self.mentees_joined - self.seats)


def cohort_figures(cohort: Cohort, now: datetime) -> CohortFigures:
    """All counters of a cohort's page. One query."""
    mentee, mentor = Q(role=Role.MENTEE), Q(role=Role.MENTOR)
    joined, invited = Q(state=STATE.JOINED), Q(state=STATE.INVITED)
    found = Participation.objects.filter(cohort=cohort).aggregate(
        mentees=Count("pk", filter=mentee & Q(state__in=IN)),
        mentors=Count("pk", filter=mentor & Q(state__in=IN)),
        mentees_joined=Count("pk", filter=mentee & joined),
        mentors_joined=Count("pk", filter=mentor & joined),
        invited=Count("pk", filter=invited),
        uninvited=Count("pk", filter=invited & Q(invitation__isnull=True)),
        expired=Count("pk", filter=invited & Q(invitation__expires_at__lte=now)),
        paused=Count("pk", filter=Q(state=STATE.PAUSED)),
        seats=Sum("seats", filter=mentor & joined, default=0),
        seats_taken=Sum("seats_taken", filter=mentor & joined, default=0),
    )
    return CohortFigures(**found)


def programmes_listed_for(user: User) -> QuerySet[Programme]:
    """Programmes `user` runs with their cohorts and how many people they have. Two queries."""
    cohorts = Cohort.objects.annotate(
        people=Count("participations", filter=Q(participations__state__in=IN))
    )
    return programmes_run_by(user).prefetch_related(Prefetch("cohorts", cohorts, "cohort_list"))


def coordinators_of(programme: Programme) -> QuerySet[ProgrammeCoordinator]:
    """Who runs the programme, person joined, by name. One query."""
    return (
        ProgrammeCoordinator.objects.filter(programme=programme)
        .select_related("user")
        .order_by("user__family_name", "user__given_name", "pk")
    )


def coordinator_invitations_of(
    programme: Programme, now: datetime
) -> QuerySet[CoordinatorInvitation]:
    """Addresses that were asked to run the programme and have not answered yet. One query."""
    return CoordinatorInvitation.objects.filter(
        programme=programme, expires_at__gt=now
    ).select_related("programme")


def imports_under_way(cohort: Cohort) -> QuerySet[ImportBatch]:
    """Lists that wait for the coordinator or are being worked on. One query."""
    return ImportBatch.objects.filter(
        cohort=cohort,
        state__in=[
            ImportState.UPLOADED,
            ImportState.CHECKING,
            ImportState.CHECKED,
            ImportState.APPLYING,
        ],
    )


def open_cohorts(programme: Programme, now: datetime) -> QuerySet[Cohort]:
    """Cohorts of an open programme that still take registrations, next one first. One query."""
    return (
        Cohort.objects.filter(programme=programme, registration_ends_on__gte=now.date())
        .select_related("programme__organisation")
        .order_by("starts_on", "pk")
    )
