from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tandemwerk.tandems.enums import Answer as AnswerChoice
from tandemwerk.tandems.enums import EndCode, TandemState
from tandemwerk.tandems.journey import (
    ENDED,
    OPEN,
    TABLE,
    Act,
    Answer,
    Change,
    Course,
    End,
    Refusal,
    Refused,
    Said,
    Side,
    State,
    change,
    end_early,
    expire,
    leave,
    record_meeting,
    say_no,
    say_yes,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
YES, NO, PENDING = Answer.YES, Answer.NO, Answer.PENDING


def proposed(**fields):
    kept = {
        "state": State.PROPOSED,
        "mentee": Said(),
        "mentor": Said(),
        "proposed_on": NOW.date(),
        "deadline": NOW + timedelta(days=10),
        "chemistry_time": timedelta(days=21),
    }
    return Course(**{**kept, **fields})


def in_chemistry(**fields):
    return proposed(state=State.CHEMISTRY, mentee=Said(YES), mentor=Said(YES), **fields)


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.why


def test_the_names_are_the_database_s_own():
    assert {s.value for s in State} == set(TandemState.values)
    assert {a.value for a in Answer} == set(AnswerChoice.values)
    assert {e.value for e in End} == set(EndCode.values)
    assert set(State) == OPEN | ENDED


def test_ended_is_final_and_every_end_has_its_reason():
    assert not [state for state, _ in TABLE if state in ENDED]
    for step in TABLE.values():
        assert (step.to in ENDED) == (step.end is not None)
        assert not step.is_history or step.to in ENDED


def test_every_way_through_settles_the_proposal_once_and_holds_a_seat_only_while_it_runs():
    """Walk all paths of the table: proposals go 1 → 0, seats 0 → 1 → 0, nothing below or above."""

    seen = set()

    def walk(state, seats, proposals):
        if (state, seats, proposals) in seen:  # a closing may be taken back
            return
        seen.add((state, seats, proposals))
        assert (seats, proposals) in {(0, 1), (1, 0), (0, 0)}
        assert proposals == (1 if state is State.PROPOSED else 0)
        assert seats == (1 if state in OPEN - {State.PROPOSED} else 0)
        for act in Act:
            if step := change(state, act):
                walk(step.to, seats + step.seats, proposals + step.proposals)

    walk(State.PROPOSED, 0, 1)


def test_one_yes_waits_and_two_open_the_chemistry_time():
    one, step = say_yes(proposed(), Side.MENTOR, NOW)
    assert (one.state, one.mentor.proposal, step) == (State.PROPOSED, YES, None)
    both, step = say_yes(one, Side.MENTEE, NOW)
    assert both.state is State.CHEMISTRY
    assert both.deadline == NOW + timedelta(days=21)
    assert step == Change(State.CHEMISTRY, seats=1, proposals=-1)


def test_saying_yes_twice_is_saying_it_once():
    one, _ = say_yes(proposed(), Side.MENTEE, NOW)
    assert say_yes(one, Side.MENTEE, NOW) == (one, None)


def test_a_yes_may_become_a_no_while_the_other_thinks():
    one, _ = say_yes(proposed(), Side.MENTEE, NOW)
    ended, step = say_no(one, Side.MENTEE, NOW)
    assert (ended.state, step.end) == (State.DECLINED, End.DECLINED)


def test_both_confirm_after_the_meeting():
    met = record_meeting(in_chemistry(), NOW.date(), NOW.date(), NOW)
    one, step = say_yes(met, Side.MENTEE, NOW)
    assert step is None
    both, step = say_yes(one, Side.MENTOR, NOW)
    assert (both.state, both.deadline, step) == (State.ACTIVE, None, Change(State.ACTIVE))
    assert both.said(Side.MENTOR) == Said(YES, YES)


def test_no_meeting_no_confirmation_but_always_a_way_out():
    assert refusal(lambda: say_yes(in_chemistry(), Side.MENTEE, NOW)) is Refusal.NOT_MET
    ended, step = say_no(in_chemistry(), Side.MENTEE, NOW)
    assert (ended.state, step.end, step.seats) == (State.DECLINED, End.NO_CHEMISTRY, -1)


@pytest.mark.parametrize(
    ("course", "met_on", "why"),
    [
        (proposed(), NOW.date(), Refusal.WRONG_STATE),
        (in_chemistry(), NOW.date() + timedelta(days=1), Refusal.IN_FUTURE),
        (in_chemistry(), NOW.date() - timedelta(days=1), Refusal.BEFORE_PROPOSAL),
        (in_chemistry(deadline=NOW), NOW.date(), Refusal.TOO_LATE),
        (proposed(state=State.CLOSED, deadline=None), NOW.date(), Refusal.ENDED),
        (
            replace(in_chemistry(), mentee=Said(YES, YES), met_on=NOW.date()),
            NOW.date(),
            Refusal.ANSWERED,
        ),
    ],
)
def test_a_meeting_is_noted_in_its_time_only(course, met_on, why):
    assert refusal(lambda: record_meeting(course, met_on, NOW.date(), NOW)) is why


def test_acts_outside_their_time_are_refused():
    active = proposed(state=State.ACTIVE, deadline=None)
    closed = proposed(state=State.CLOSED, deadline=None)
    assert refusal(lambda: say_yes(proposed(deadline=NOW), Side.MENTEE, NOW)) is Refusal.TOO_LATE
    assert refusal(lambda: say_no(active, Side.MENTEE, NOW)) is Refusal.WRONG_STATE
    assert refusal(lambda: expire(proposed(), NOW)) is Refusal.TOO_EARLY
    assert refusal(lambda: expire(active, NOW)) is Refusal.WRONG_STATE
    assert refusal(lambda: end_early(proposed(), NOW)) is Refusal.WRONG_STATE
    for act in (expire, leave, end_early):
        assert refusal(lambda act=act: act(closed, NOW)) is Refusal.ENDED


def test_a_running_tandem_ends_early_and_gives_its_seats_back():
    ended, step = end_early(proposed(state=State.ACTIVE, deadline=None), NOW)
    assert (ended.state, step.end, step.seats) == (State.DISSOLVED, End.EARLY, -1)


sides = st.sampled_from(Side)
numbers = st.integers(0, 4)


class OneMentorManyMentees(RuleBasedStateMachine):
    """Five pairs around one mentor with two places, acted on in any order by people and clock."""

    seats = 2

    @initialize()
    def begin(self):
        self.now = NOW
        self.taken, self.open_proposals = 0, 5
        self.courses = [proposed() for _ in range(5)]
        self.history = [[] for _ in range(5)]

    def _act(self, number, act):
        before = self.courses[number]
        try:
            after = act(before)
        except Refused:
            return
        course, step = after if isinstance(after, tuple) else (after, None)
        assert before.state not in ENDED, "ended is final"
        if step is not None and step.seats > 0 and self.taken >= self.seats:
            step = change(before.state, Act.NO_SEAT)
            course = replace(course, state=step.to, deadline=None)
        if step is not None:
            assert (before.state, step) in {(s, c) for (s, _), c in TABLE.items()}
            self.taken += step.seats
            self.open_proposals += step.proposals
            self.history[number].append(step)
        self.courses[number] = course

    @rule(number=numbers, side=sides)
    def yes(self, number, side):
        self._act(number, lambda c: say_yes(c, side, self.now))

    @rule(number=numbers, side=sides)
    def no(self, number, side):
        self._act(number, lambda c: say_no(c, side, self.now))

    @rule(number=numbers, days=st.integers(-3, 3))
    def meet(self, number, days):
        met_on = self.now.date() + timedelta(days=days)
        self._act(number, lambda c: record_meeting(c, met_on, self.now.date(), self.now))

    @rule(number=numbers)
    def clock_strikes(self, number):
        self._act(number, lambda c: expire(c, self.now))

    @rule(number=numbers, act=st.sampled_from([leave, end_early]))
    def go(self, number, act):
        self._act(number, lambda c: act(c, self.now))

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @invariant()
    def counts_match_the_states(self):
        running = [c for c in self.courses if c.state in OPEN - {State.PROPOSED}]
        assert self.taken == len(running) <= self.seats
        assert self.open_proposals == sum(c.state is State.PROPOSED for c in self.courses)

    @invariant()
    def nobody_is_in_a_tandem_without_having_said_yes_twice(self):
        for course, steps in zip(self.courses, self.history, strict=True):
            reached = {step.to for step in steps}
            if State.ACTIVE in reached:
                assert course.mentee == course.mentor == Said(YES, YES)
                assert course.met_on is not None
                assert course.proposed_on <= course.met_on <= self.now.date()
            if State.CHEMISTRY in reached:
                assert course.mentee.proposal is course.mentor.proposal is YES
            assert len(steps) == len(set(steps)), "no state is entered twice"

    @invariant()
    def only_waiting_states_have_a_deadline(self):
        for course in self.courses:
            assert (course.deadline is not None) == (
                course.state in {State.PROPOSED, State.CHEMISTRY}
            )


TestOneMentorManyMentees = OneMentorManyMentees.TestCase
TestOneMentorManyMentees.settings = settings(
    max_examples=150, stateful_step_count=60, deadline=None
)


def test_the_day_of_the_proposal_counts():
    course = in_chemistry()
    assert record_meeting(course, date(2026, 11, 2), date(2026, 11, 2), NOW).met_on
