"""A tandem's life up to its room, in any order: two people, a coordinator, the clock.

What follows, and the tests, are in `test_life_cycle`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tandemwerk.audit.services import audit_verify
from tandemwerk.core.errors import DomainError
from tandemwerk.people.models import Block, User
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.services.participations import participation_set_seats
from tandemwerk.programmes.services.seats import proposal_opened
from tandemwerk.rooms.models import ActionItem, Goal, RoomKey
from tandemwerk.rooms.selectors.goals import action_items_read, goals_read
from tandemwerk.rooms.selectors.room import WRITABLE, room_of, rooms_visible_to
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.tandems.enums import DeclineCode, TandemState
from tandemwerk.tandems.models import Joining, Tandem, TandemMember
from tandemwerk.tandems.models.tandem import ENDED
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve, tandem_leave
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory

BEGIN = datetime(2026, 11, 4, 9, tzinfo=UTC)
SEATED = (TandemState.CHEMISTRY, TandemState.ACTIVE, TandemState.CLOSING)
WHICH = st.integers(0, 5)
SIDE = st.sampled_from(["mentee", "mentor"])
MEANT = st.sampled_from([False, False, False, True])  # an end, so that not all lives are short


def after_news(check: Callable[[Any], None]) -> Callable[[Any], None]:
    """Look only if something may have changed since this was looked at last."""

    @wraps(check)
    def looked(self: "Life") -> None:
        if self.looked_at.get(check.__name__) != self.news:
            self.looked_at[check.__name__] = self.news
            check(self)

    return looked


class Life(RuleBasedStateMachine):
    """Two mentees and one mentor with a single seat, so that places are worth a quarrel."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now, self.news = BEGIN, 0
        self.looked_at: dict[str, int] = {}
        self.cohort = CohortFactory()
        self.coordinator = CoordinatorFactory(programme=self.cohort.programme).user
        self.mentor = ParticipationFactory(cohort=self.cohort, role="mentor", seats=1)
        self.mentees = [ParticipationFactory(cohort=self.cohort) for _ in range(2)]
        self.outside = [UserFactory(), self.coordinator]
        for mentee in self.mentees:
            self.put_forward(mentee)

    def teardown(self) -> None:
        audit_verify()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # What the coordinator and the clock do ---------------------------------------------------

    def put_forward(self, mentee: Participation) -> None:
        """As publishing a run does it."""
        self.news += 1
        TandemFactory(
            cohort=self.cohort,
            proposed_at=self.now,
            answer_by=self.now + timedelta(days=10),
            members__mentee=mentee,
            members__mentor=self.mentor,
        )
        proposal_opened(participation_pks=[mentee.pk, self.mentor.pk])

    @rule(number=st.integers(0, 1))
    def propose_again(self, number: int) -> None:
        mentee = self.mentees[number]
        is_free = not Block.objects.filter(blocked=mentee.user).exists()
        is_free &= not Block.objects.filter(blocker=mentee.user).exists()
        has_one = self.tandems().filter(members__participation=mentee, members__left_at=None)
        if is_free and not has_one.exclude(state__in=ENDED):
            self.put_forward(mentee)

    @rule(seats=st.integers(1, 2))
    def change_seats(self, seats: int) -> None:
        self.mentor.refresh_from_db()
        self.attempt(
            lambda: participation_set_seats(
                participation=self.mentor, seats=seats, by=self.coordinator, now=self.now
            )
        )

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.news += 1

    # What the two do --------------------------------------------------------------------------

    @precondition(lambda self: self.is_somebody_waiting)
    @rule(which=WHICH, side=SIDE)
    def accept(self, which: int, side: str) -> None:
        self.act(proposal_accept, which, side)

    @precondition(lambda self: self.is_somebody_waiting)
    @rule(which=WHICH, side=SIDE, is_meant=MEANT)
    def decline(self, which: int, side: str, is_meant: bool) -> None:
        if is_meant:
            self.act(proposal_decline, which, side, code=DeclineCode.NO_TIME)

    @rule(which=WHICH, side=SIDE, days=st.integers(-2, 2))
    def meet(self, which: int, side: str, days: int) -> None:
        self.act(chemistry_record, which, side, met_on=(self.now + timedelta(days=days)).date())

    @precondition(lambda self: self.is_somebody_waiting)
    @rule(which=WHICH, side=SIDE)
    def confirm(self, which: int, side: str) -> None:
        self.act(chemistry_confirm, which, side)

    @precondition(lambda self: self.is_somebody_waiting)
    @rule(which=WHICH)
    def begin(self, which: int) -> None:
        """All it takes for a tandem to run, so that most lives reach a room."""
        for service in (proposal_accept, chemistry_record, chemistry_confirm):
            for side in ("mentee", "mentor"):
                day = {"met_on": self.now.date()} if service is chemistry_record else {}
                self.act(service, which, side, **day)

    @precondition(lambda self: self.is_somebody_waiting)
    @rule(which=WHICH, side=SIDE, is_meant=MEANT)
    def refuse(self, which: int, side: str, is_meant: bool) -> None:
        if is_meant:
            self.act(chemistry_refuse, which, side)

    @rule(which=WHICH, side=SIDE, is_meant=MEANT)
    def end_early(self, which: int, side: str, is_meant: bool) -> None:
        if is_meant:
            self.act(tandem_dissolve, which, side)

    @rule(which=WHICH, side=SIDE, is_meant=MEANT)
    def leave(self, which: int, side: str, is_meant: bool) -> None:
        if is_meant:
            self.act(tandem_leave, which, side)

    @rule(which=WHICH, side=SIDE)
    def set_goal(self, which: int, side: str) -> None:
        tandem, user = self.choose(which, side)
        if self.may_enter(tandem, user):
            words = GoalWords(title=f"Ziel {self.now:%d.%m. %H}", levels={"0": "gut"})
            self.attempt(lambda: goal_add(room=room_of(tandem, user), words=words, now=self.now))

    @rule(which=WHICH, side=SIDE, is_removed=st.booleans())
    def note_task(self, which: int, side: str, is_removed: bool) -> None:
        tandem, user = self.choose(which, side)
        if not self.may_enter(tandem, user):
            return
        room = room_of(tandem, user)
        item = self.attempt(lambda: action_item_add(room=room, text="Aufgabe", now=self.now))
        assert (item is None) == (tandem.state not in WRITABLE)
        if item is not None and is_removed:
            self.attempt(lambda: row_remove(room=room, row=item, now=self.now))

    @property
    def is_somebody_waiting(self) -> bool:
        return self.tandems().filter(state__in=("proposed", "chemistry")).exists()

    # How an act is tried -----------------------------------------------------------------------

    def tandems(self) -> QuerySet[Tandem]:
        return Tandem.objects.filter(cohort=self.cohort).order_by("pk")

    def choose(self, which: int, side: str) -> tuple[Tandem, User]:
        found = list(self.tandems().prefetch_related("members__user"))
        tandem = found[which % len(found)]
        people = [member.user for member in tandem.members.all() if member.role == side]
        return tandem, people[which // len(found) % len(people)]

    def act(self, service, which: int, side: str, **more) -> None:
        tandem, user = self.choose(which, side)
        self.attempt(lambda: service(tandem=tandem, by=user, now=self.now, **more))

    def attempt(self, act):
        """Do it; if it is refused, nothing may have changed."""
        before = self.picture()
        self.news += 1
        try:
            return act()
        except DomainError:
            assert self.picture() == before
            return None

    def picture(self) -> list:
        return [
            list(self.tandems().values()),
            list(TandemMember.objects.filter(tandem__cohort=self.cohort).order_by("pk").values()),
            list(Participation.objects.filter(cohort=self.cohort).order_by("pk").values()),
            Goal.objects.count(),
            ActionItem.objects.count(),
        ]

    def may_enter(self, tandem: Tandem, user: User) -> bool:
        return rooms_visible_to(user, self.now).filter(pk=tandem.pk).exists()

    # What always holds ---------------------------------------------------------------------------

    @invariant()
    @after_news
    def seats_are_never_exceeded_or_lost(self) -> None:
        taken, proposed = Counter(), Counter()
        for tandem in self.tandems().prefetch_related("members"):
            for member in tandem.members.all():
                taken[member.participation_id] += self.has_seat(tandem, member)
                proposed[member.participation_id] += tandem.state == TandemState.PROPOSED
        for joining in Joining.objects.filter(tandem__cohort=self.cohort, state="open"):
            proposed[joining.participation_id] += 1
        for person in Participation.objects.filter(cohort=self.cohort):
            assert person.seats_taken <= person.seats
            assert person.seats_taken == taken[person.pk]
            assert person.proposals_open == proposed[person.pk]

    @staticmethod
    def has_seat(tandem: Tandem, member: TandemMember) -> bool:
        """A mentee whose tandem is complete is not waiting for another one."""
        is_complete = tandem.state == TandemState.CLOSED and member.role == "mentee"
        return member.left_at is None and (is_complete or tandem.state in SEATED)

    @invariant()
    @after_news
    def what_ended_says_when(self) -> None:
        for tandem in self.tandems():
            assert (tandem.state in ENDED) == (tandem.ended_at is not None) == bool(tandem.end_code)
            if tandem.activated_at is None:
                assert tandem.readable_until is None

    @invariant()
    @after_news
    def no_key_before_the_tandem_runs_and_none_after_shredding(self) -> None:
        keys = RoomKey.objects.filter(tandem__cohort=self.cohort)
        assert not keys.filter(tandem__activated_at__isnull=True).exists()
        assert not keys.filter(tandem__shredded_at__isnull=False).exists()

    @invariant()
    @after_news
    def members_read_every_row_or_the_room_is_gone(self) -> None:
        for tandem in self.tandems().prefetch_related("members__user"):
            for member in tandem.members.filter(left_at=None):
                for room_tandem in rooms_visible_to(member.user, self.now).filter(pk=tandem.pk):
                    room = room_of(room_tandem, member.user)
                    assert len(goals_read(room)) == room.rows(Goal).count()
                    assert len(action_items_read(room)) == room.rows(ActionItem).count()
            if tandem.activated_at is None:
                assert not Goal.objects.filter(tandem=tandem).exists()
                assert not ActionItem.objects.filter(tandem=tandem).exists()
