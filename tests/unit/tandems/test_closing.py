"""The regular end as pure rules: for two people and for groups, with a clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tandemwerk.tandems.journey import (
    TIME_TO_CLOSE,
    Closing,
    End,
    Refusal,
    Refused,
    State,
    begin_closing,
    close_in_time,
    closing_due_on,
    confirm_closing,
)

TODAY = date(2027, 6, 1)
ENDS_ON = date(2027, 6, 30)
DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


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


class AnyOrder(RuleBasedStateMachine):
    """Up to four members and the clock, in any order."""

    @initialize(count=st.integers(2, 4))
    def begin(self, count):
        self.today = TODAY
        self.closing = running(*range(count))
        self.said, self.begun_on, self.closed_by = set(), None, None

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

    @rule()
    def clock_strikes(self):
        self._act(lambda: close_in_time(self.closing, self.today), "clock")

    @rule(count=st.integers(1, 30))
    def days_pass(self, count):
        self.today += count * DAY

    @invariant()
    def nobody_closes_for_the_others(self):
        if self.closed_by == "clock":
            assert self.today >= closing_due_on(self.begun_on, ENDS_ON)
        elif self.closed_by is not None:
            assert self.said == self.closing.members

    @invariant()
    def only_closing_has_a_last_day(self):
        assert (self.closing.due_on is not None) == (self.closing.state is State.CLOSING)
        assert self.closing.confirmed <= self.closing.members


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
