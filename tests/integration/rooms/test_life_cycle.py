"""A tandem's life in any order: two people, a coordinator, the clock; and what always holds."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tandemwerk.audit.services import audit_verify
from tandemwerk.core.errors import DomainError
from tandemwerk.people.models import User
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
from tandemwerk.tandems.jobs import expire_due
from tandemwerk.tandems.models import Tandem, TandemMember
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


class Life(RuleBasedStateMachine):
    """Two mentees and one mentor with a single seat, so that places are worth a quarrel."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = BEGIN
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
        if not self.tandems().filter(members__participation=mentee).exclude(state__in=ENDED):
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

    @rule()
    def clock_runs(self) -> None:
        expire_due(self.now)
        assert expire_due(self.now) == 0, "running twice changes nothing more"

    # What the two do --------------------------------------------------------------------------

    @rule(which=WHICH, side=SIDE)
    def accept(self, which: int, side: str) -> None:
        self.act(proposal_accept, which, side)

    @rule(which=WHICH, side=SIDE)
    def decline(self, which: int, side: str) -> None:
        self.act(proposal_decline, which, side, code=DeclineCode.NO_TIME)

    @rule(which=WHICH, side=SIDE, days=st.integers(-2, 2))
    def meet(self, which: int, side: str, days: int) -> None:
        self.act(chemistry_record, which, side, met_on=(self.now + timedelta(days=days)).date())

    @rule(which=WHICH, side=SIDE)
    def confirm(self, which: int, side: str) -> None:
        self.act(chemistry_confirm, which, side)

    @rule(which=WHICH)
    def begin(self, which: int) -> None:
        """All it takes for a tandem to run, so that most lives reach a room."""
        for service in (proposal_accept, chemistry_record, chemistry_confirm):
            for side in ("mentee", "mentor"):
                day = {"met_on": self.now.date()} if service is chemistry_record else {}
                self.act(service, which, side, **day)

    @rule(which=WHICH, side=SIDE)
    def refuse(self, which: int, side: str) -> None:
        self.act(chemistry_refuse, which, side)

    @rule(which=WHICH, side=SIDE)
    def end_early(self, which: int, side: str) -> None:
        self.act(tandem_dissolve, which, side)

    @rule(which=WHICH, side=SIDE)
    def leave(self, which: int, side: str) -> None:
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

    # How an act is tried -----------------------------------------------------------------------

    def tandems(self) -> QuerySet[Tandem]:
        return Tandem.objects.filter(cohort=self.cohort).order_by("pk")

    def choose(self, which: int, side: str) -> tuple[Tandem, User]:
        found = list(self.tandems().prefetch_related("members__user"))
        tandem = found[which % len(found)]
        return tandem, next(m.user for m in tandem.members.all() if m.role == side)

    def act(self, service, which: int, side: str, **more) -> None:
        tandem, user = self.choose(which, side)
        self.attempt(lambda: service(tandem=tandem, by=user, now=self.now, **more))

    def attempt(self, act):
        """Do it; if it is refused, nothing may have changed."""
        before = self.picture()
        try:
            with transaction.atomic():
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

    @staticmethod
    def may_enter(tandem: Tandem, user: User) -> bool:
        return rooms_visible_to(user).filter(pk=tandem.pk).exists()

    # What always holds ---------------------------------------------------------------------------

    @invariant()
    def seats_are_never_exceeded_or_lost(self) -> None:
        taken, proposed = Counter(), Counter()
        for tandem in self.tandems().prefetch_related("members"):
            for member in tandem.members.all():
                taken[member.participation_id] += tandem.state in SEATED
                proposed[member.participation_id] += tandem.state == TandemState.PROPOSED
        for person in Participation.objects.filter(cohort=self.cohort):
            assert person.seats_taken <= person.seats
            assert person.seats_taken == taken[person.pk]
            assert person.proposals_open == proposed[person.pk]

    @invariant()
    def what_ended_says_when(self) -> None:
        for tandem in self.tandems():
            assert (tandem.state in ENDED) == (tandem.ended_at is not None) == bool(tandem.end_code)
            if tandem.activated_at is None:
                assert tandem.readable_until is None

    @invariant()
    def no_key_before_the_tandem_runs_and_none_after_shredding(self) -> None:
        keys = RoomKey.objects.filter(tandem__cohort=self.cohort)
        assert not keys.filter(tandem__activated_at__isnull=True).exists()
        assert not keys.filter(tandem__shredded_at__isnull=False).exists()

    @invariant()
    def nobody_outside_reads(self) -> None:
        for user in self.outside:
            assert not rooms_visible_to(user).exists()
        for mentee in self.mentees:
            seen = rooms_visible_to(mentee.user).values_list("pk", flat=True)
            own = TandemMember.objects.filter(user=mentee.user).values_list("tandem", flat=True)
            assert set(seen) <= set(own)

    @invariant()
    def members_read_every_row_or_the_room_is_gone(self) -> None:
        for tandem in self.tandems().prefetch_related("members__user"):
            for member in tandem.members.all():
                for room_tandem in rooms_visible_to(member.user).filter(pk=tandem.pk):
                    room = room_of(room_tandem, member.user)
                    assert len(goals_read(room)) == room.rows(Goal).count()
                    assert len(action_items_read(room)) == room.rows(ActionItem).count()
            if tandem.activated_at is None:
                assert not Goal.objects.filter(tandem=tandem).exists()
                assert not ActionItem.objects.filter(tandem=tandem).exists()


CALM = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,  # a red run must stay red
    "database": None,
}


@pytest.mark.django_db
def test_a_life_in_any_order():
    run_state_machine_as_test(
        Life, settings=settings(max_examples=15, stateful_step_count=25, **CALM)
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_many_long_lives_in_any_order():
    run_state_machine_as_test(
        Life, settings=settings(max_examples=150, stateful_step_count=60, **CALM)
    )
