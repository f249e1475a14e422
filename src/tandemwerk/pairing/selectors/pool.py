"""Who of a cohort can be matched now, who can't yet, and who met before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Greatest

from tandemwerk.pairing.enums import RuleKind, RuleSource
from tandemwerk.pairing.models import PairRule
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.models import Block, ProfileLanguage, ProfileTopic
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.selectors.topics import hidden_topics

POOL_STATES = [ParticipationState.INVITED, ParticipationState.JOINED]
# Of the annotations made by `_with_completeness`.
COMPLETE = Q(has_topic=True, has_language=True)
HAS_SEAT = Q(seats__gt=F("seats_taken") + F("proposals_open"))


# What a calculation reads; the rest of thousands of people stays where it is.
READ = (
    *("cohort", "role", "seats", "seats_taken", "proposals_open"),
    *("user__email", "user__timezone"),
    *(
        f"user__profile__{name}"
        for name in (
            *("user", "function", "industry", "site", "team", "reports_to_email", "about"),
            *("experience_years", "meeting_format", "week", "values_answers"),
        )
    ),
)


def participations_in_pool(cohort: Cohort) -> QuerySet[Participation]:
    """Invited and joined people of the cohort with a free seat, person and profile joined.

    One query, by primary key, of the columns in READ. A person without a profile is in it too.
    """
    return (
        Participation.objects.filter(HAS_SEAT, cohort=cohort, state__in=POOL_STATES)
        .select_related("user__profile")
        .only(*READ)
        .order_by("pk")
    )


def participations_incomplete(cohort: Cohort) -> QuerySet[Participation]:
    """People of the pool whose profile lacks a topic of their role or a language. One query.

    Each has `has_topic` and `has_language`; the person is joined.
    """
    return (
        _with_completeness(cohort)
        .filter(~COMPLETE)
        .select_related("user")
        .order_by("role", "user__family_name", "pk")
    )


def history_pairs(cohort: Cohort) -> Iterable[tuple[int, int]]:
    """(mentee's user id, mentor's user id) of pairs that may not be proposed (again), in order.

    They were proposed to each other in some cohort, or one has blocked the other; which of the two
    is not told. Only those whose mentee is in `cohort`. One query.
    """
    mentees = Participation.objects.filter(cohort=cohort, role=Role.MENTEE).values("user")
    proposed = PairRule.objects.filter(
        source=RuleSource.HISTORY, kind=RuleKind.FORBIDDEN, mentee__user__in=mentees
    ).values_list("mentee__user_id", "mentor__user_id")
    blocking = Block.objects.filter(blocker__in=mentees).order_by()
    blocked = Block.objects.filter(blocked__in=mentees).order_by()
    found = proposed.union(
        blocking.values_list("blocker_id", "blocked_id"),
        blocked.values_list("blocked_id", "blocker_id"),
    )
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a coordinator wants to know before a run starts."""

    mentees: int
    mentors: int
    seats: int
    incomplete: int

    @property
    def is_ready(self) -> bool:
        return self.mentees > 0 and self.seats > 0

    @property
    def seats_missing(self) -> int:
        return max(0, self.mentees - self.seats)


def readiness(cohort: Cohort) -> Readiness:
    """Numbers of the "before you match" list. One query."""
    free = Greatest(F("seats") - F("seats_taken") - F("proposals_open"), Value(0))

    def count(condition: Q) -> Sum:
        return Sum(Case(When(condition, then=Value(1)), default=Value(0)), default=0)

    numbers = _with_completeness(cohort).aggregate(
        mentees=count(COMPLETE & Q(role=Role.MENTEE)),
        mentors=count(COMPLETE & Q(role=Role.MENTOR)),
        seats_free=Sum(
            Case(When(COMPLETE & Q(role=Role.MENTOR), then=free), default=Value(0)), default=0
        ),
        incomplete=count(~COMPLETE),
    )
    return Readiness(
        mentees=numbers["mentees"],
        mentors=numbers["mentors"],
        seats=numbers["seats_free"],
        incomplete=numbers["incomplete"],
    )


def _with_completeness(cohort: Cohort) -> QuerySet[Participation]:
    topics = ProfileTopic.objects.filter(profile__user=OuterRef("user")).exclude(
        topic__in=hidden_topics(cohort.programme)
    )
    wanted = Exists(topics.filter(kind=TopicKind.WANTED))
    offered = Exists(topics.filter(kind=TopicKind.OFFERED))
    return Participation.objects.filter(HAS_SEAT, cohort=cohort, state__in=POOL_STATES).annotate(
        has_topic=Case(When(role=Role.MENTEE, then=wanted), default=offered),
        has_language=Exists(ProfileLanguage.objects.filter(profile__user=OuterRef("user"))),
    )
