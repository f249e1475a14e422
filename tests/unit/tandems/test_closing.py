"""The regular end as pure rules: for two people and for groups, with a clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tandemwerk.tandems.journey import (
    NOTICE,
    TIME_AFTER_END,
    TIME_TO_CLOSE,
    Closing,
    End,
    EndStep,
    Pause,
    Refusal,
    Refused,
    State,
    begin_closing,
    close_complete,
    close_in_time,
    close_unclosed,
    closing_due_on,
    confirm_closing,
    end_step,
    open_until,
    pause_now,
    paused,
    planned_end,
    take_back,
    timeline,
)

TODAY = date(2027, 6, 1)
ENDS_ON = date(2027, 6, 30)
DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@st.composite
def pauses(draw):
    """Up to three pauses in order, apart from each other, around the end."""
    day, found = ENDS_ON - 120 * DAY, []
    for _ in range(draw(st.integers(0, 3))):
        start = day + draw(st.integers(1, 60)) * DAY
        day = start + draw(st.integers(1, 56)) * DAY
        found.append(Pause(start, day))
    return tuple(found)


def running(*members, state=State.ACTIVE, confirmed=(), due_on=None):
    return Closing(state, frozenset(members or (1, 2)), frozenset(confirmed), due_on)


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.why


def test_one_begins_and_nothing_is_over():
    after, step = begin_closing(running(), 1, TODAY, ENDS_ON)
    assert (after.state, step.end, step.seats) == (State.CLOSING, None, 0)
    assert after.missing == {1, 2}
    assert after.due_on == ENDS_ON + TIME_TO_CLOSE


def test_the_last_confirmation_closes():
    closing, _ = begin_closing(running(), 2, TODAY, ENDS_ON)
    one, step = confirm_closing(closing, 1)
    assert (one.state, one.missing, step) == (State.CLOSING, {2}, None)
    assert confirm_closing(one, 1) == (one, None)
    both, step = confirm_closing(one, 2)
    assert (both.state, both.due_on, step.end, step.seats) == (
        State.CLOSED,
        None,
        End.COMPLETED,
        -1,
    )


def test_a_confirmation_still_counts_when_the_last_missing_one_has_left():
    closing = running(1, 2, state=State.CLOSING, confirmed=(1, 2), due_on=ENDS_ON)
    assert confirm_closing(closing, 1)[0].state is State.CLOSED


def test_who_leaves_last_without_a_word_closes_for_those_who_have_spoken():
    closing = running(1, 3, state=State.CLOSING, confirmed=(1, 2, 3), due_on=ENDS_ON)
    closed, step = close_complete(closing)
    assert (closed.state, closed.due_on, step.end) == (State.CLOSED, None, End.COMPLETED)


@pytest.mark.parametrize(
    ("closing", "why"),
    [
        (running(1, 2, state=State.CLOSING, confirmed=(1,), due_on=ENDS_ON), Refusal.TOO_EARLY),
        (Closing(State.CLOSING, frozenset(), frozenset({1}), ENDS_ON), Refusal.TOO_EARLY),
        (running(1, confirmed=(1,)), Refusal.WRONG_STATE),
    ],
)
def test_nobody_leaving_closes_what_somebody_still_has_to_confirm(closing, why):
    assert refusal(lambda: close_complete(closing)) is why


@pytest.mark.parametrize(
    ("closing", "act", "why"),
    [
        (running(state=State.CLOSED), lambda c: confirm_closing(c, 1), Refusal.ENDED),
        (
            running(state=State.DISSOLVED),
            lambda c: begin_closing(c, 1, TODAY, ENDS_ON),
            Refusal.ENDED,
        ),
        (running(), lambda c: confirm_closing(c, 1), Refusal.WRONG_STATE),
        (
            running(state=State.CHEMISTRY),
            lambda c: begin_closing(c, 1, TODAY, ENDS_ON),
            Refusal.WRONG_STATE,
        ),
        (
            running(state=State.CLOSING),
            lambda c: begin_closing(c, 1, TODAY, ENDS_ON),
            Refusal.WRONG_STATE,
        ),
        (running(), lambda c: close_in_time(c, TODAY), Refusal.WRONG_STATE),
        (running(state=State.CLOSING), lambda c: close_in_time(c, TODAY), Refusal.TOO_EARLY),
        (
            running(state=State.CLOSING, due_on=TODAY + DAY),
            lambda c: close_in_time(c, TODAY),
            Refusal.TOO_EARLY,
        ),
        (running(state=State.CLOSED), lambda c: close_in_time(c, TODAY), Refusal.ENDED),
    ],
)
def test_acts_outside_their_time_are_refused(closing, act, why):
    assert refusal(lambda: act(closing)) is why


@pytest.mark.parametrize(
    "act", [lambda c: confirm_closing(c, 3), lambda c: begin_closing(c, 3, TODAY, ENDS_ON)]
)
def test_strangers_are_a_fault_of_the_program(act):
    with pytest.raises(ValueError, match="3"):
        act(running())


def test_the_clock_closes_on_the_day():
    after, step = close_in_time(running(state=State.CLOSING, due_on=TODAY), TODAY)
    assert (after.state, step.end) == (State.CLOSED, End.COMPLETED)


@given(begun_on=days, ends_on=days)
def test_everybody_has_two_weeks_from_the_begin_and_from_the_cohort_s_end(begun_on, ends_on):
    due_on = closing_due_on(begun_on, ends_on)
    assert due_on >= begun_on + TIME_TO_CLOSE
    assert due_on >= ends_on + TIME_TO_CLOSE
    assert due_on in {begun_on + TIME_TO_CLOSE, ends_on + TIME_TO_CLOSE}


@given(pauses=pauses(), begun=st.integers(-60, 120))
def test_no_day_of_a_pause_counts(pauses, begun):
    """Brute force: between the begin and the day lie two weeks of days without a pause."""
    begun_on = ENDS_ON + begun * DAY
    due_on = closing_due_on(begun_on, ENDS_ON, pauses)
    for since in (begun_on, ENDS_ON):
        between = [since + n * DAY for n in range((due_on - since).days)]
        assert sum(pause_now(pauses, day) is None for day in between) >= TIME_TO_CLOSE.days
    assert pause_now(pauses, due_on) is None
    assert due_on >= closing_due_on(begun_on, ENDS_ON)


@given(pauses=pauses(), weeks=st.integers(1, 60))
def test_the_end_is_that_of_the_way_the_page_shows(pauses, weeks):
    journey = {
        "phases": [
            {"key": "work", "start_week": 0, "end_week": weeks},
            {"key": "afterwards", "start_week": weeks, "end_week": weeks + 20},
        ]
    }
    way = paused(timeline(journey, TODAY, TODAY), pauses)
    last = planned_end(TODAY, way.ends_on, pauses)
    assert last == max(way.phases[0].end_on, planned_end(TODAY, None, pauses))
    assert planned_end(ENDS_ON, timeline({}, TODAY, TODAY).ends_on, ()) == ENDS_ON


@given(pauses=pauses(), stops=st.lists(st.integers(1, 20), min_size=1, max_size=60))
def test_nobody_s_tandem_ends_without_a_word_two_weeks_before(pauses, stops):
    today, told_on = ENDS_ON - 10 * DAY, None
    for days_later in stops:
        today += days_later * DAY
        step = end_step(ENDS_ON, told_on, pauses, today)
        if pause_now(pauses, today):
            assert step is None
        elif step is EndStep.ANNOUNCE:
            assert told_on is None
            assert today >= ENDS_ON + TIME_AFTER_END - NOTICE
            told_on = today
        elif step is EndStep.CLOSE:
            assert today >= told_on + NOTICE
            assert today >= ENDS_ON + TIME_AFTER_END
            assert today >= open_until(ENDS_ON, told_on, pauses)
            return


def test_long_after_the_end_the_clock_closes_what_nobody_closed():
    told_on = ENDS_ON + TIME_AFTER_END - NOTICE
    due_on = ENDS_ON + TIME_AFTER_END
    assert end_step(ENDS_ON, None, (), told_on - DAY) is None
    assert end_step(ENDS_ON, None, (), told_on) is EndStep.ANNOUNCE
    assert refusal(lambda: close_unclosed(running(), ENDS_ON, told_on, (), due_on - DAY)) is (
        Refusal.TOO_EARLY
    )
    after, step = close_unclosed(running(), ENDS_ON, told_on, (), due_on)
    assert (after.state, step.end, step.seats) == (State.CLOSED, End.COMPLETED, -1)
    closing = running(state=State.CLOSING)
    assert refusal(lambda: close_unclosed(closing, ENDS_ON, told_on, (), due_on)) is (
        Refusal.WRONG_STATE
    )


def test_either_may_take_a_closing_back_and_nothing_of_it_stands():
    closing, _ = begin_closing(running(), 1, TODAY, ENDS_ON)
    closing, _ = confirm_closing(closing, 1)
    after, step = take_back(closing, 2)
    assert after == running()
    assert (step.end, step.seats, step.is_history) == (None, 0, False)
    assert refusal(lambda: take_back(after, 1)) is Refusal.WRONG_STATE
    assert refusal(lambda: take_back(running(state=State.CLOSED), 1)) is Refusal.ENDED


class AnyOrder(RuleBasedStateMachine):
    """Up to four members and the clock, in any order."""

    @initialize(count=st.integers(2, 4))
    def begin(self, count):
        self.today = TODAY
        self.closing = running(*range(count))
        self.said, self.begun_on, self.told_on, self.closed_by = set(), None, None, None

    def _act(self, act, by):
        before = self.closing
        try:
            self.closing, step = act()
        except Refused:
            assert self.closing is before
            return False
        if self.closing.state is State.CLOSED and before.state is not State.CLOSED:
            assert step.end is End.COMPLETED
            self.closed_by = by
        return True

    @rule(member=st.integers(0, 3))
    def one_begins(self, member):
        member %= len(self.closing.members)
        if self._act(lambda: begin_closing(self.closing, member, self.today, ENDS_ON), member):
            self.begun_on = self.today

    @rule(member=st.integers(0, 3))
    def one_confirms(self, member):
        member %= len(self.closing.members)
        if self._act(lambda: confirm_closing(self.closing, member), member):
            self.said.add(member)

    @rule(member=st.integers(0, 3))
    def one_takes_back(self, member):
        member %= len(self.closing.members)
        if self._act(lambda: take_back(self.closing, member), member):
            self.said, self.begun_on, self.told_on = set(), None, None

    @rule()
    def clock_strikes(self):
        if self._act(lambda: close_in_time(self.closing, self.today), "clock"):
            return
        if self.closing.state is not State.ACTIVE:
            return
        if end_step(ENDS_ON, self.told_on, (), self.today) is EndStep.ANNOUNCE:
            self.told_on = self.today
        told = self.told_on
        self._act(lambda: close_unclosed(self.closing, ENDS_ON, told, (), self.today), "clock")

    @rule(count=st.integers(1, 30))
    def days_pass(self, count):
        self.today += count * DAY

    @invariant()
    def nobody_closes_for_the_others(self):
        if self.closed_by == "clock":
            begun, told = self.begun_on, self.told_on
            due_on = open_until(ENDS_ON, told) if begun is None else closing_due_on(begun, ENDS_ON)
            assert self.today >= due_on
        elif self.closed_by is not None:
            assert self.said == self.closing.members

    @invariant()
    def only_closing_has_a_last_day(self):
        assert (self.closing.due_on is not None) == (self.closing.state is State.CLOSING)
        assert self.closing.confirmed <= self.closing.members


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
