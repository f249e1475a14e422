"""The regular end: states, seats, mails, clock, and the way to the alumni."""

from datetime import date, timedelta

import pytest

from tandemwerk.core import events
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.errors import ClosingNotNow, TandemOver
from tandemwerk.tandems.events import (
    ClosingTakenBack,
    TandemActivated,
    TandemClosed,
    TandemEnded,
)
from tandemwerk.tandems.jobs import close_due, close_unclosed
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.closing import closes_on, ends_on
from tandemwerk.tandems.selectors.page import way_of
from tandemwerk.tandems.services.chemistry import chemistry_confirm, chemistry_record
from tandemwerk.tandems.services.closing import (
    closing_begin,
    closing_confirm,
    closing_take_back,
    tandem_close_in_time,
    tandem_close_unclosed,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.pausing import tandem_pause
from tandemwerk.tandems.services.proposals import proposal_accept
from tests.integration.tandems.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def active(pair):
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=NOW)
    chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=NOW.date(), now=NOW)
    for person in (pair.mentee, pair.mentor):
        chemistry_confirm(tandem=pair.tandem, by=person, now=NOW)
    pair.tandem.cohort.ends_on = date(2027, 6, 30)
    pair.tandem.cohort.save()
    OutboxMail.objects.all().delete()
    return pair


@pytest.fixture
def heard():
    """What a subscriber of the two events is told, as an app above would be."""
    told = []
    kinds = (TandemClosed, TandemEnded, TandemActivated, ClosingTakenBack)
    for kind in kinds:
        events.subscribe(kind)(told.append)
    yield told
    for kind in kinds:
        events._handlers[kind].remove(told.append)


def test_the_agreement_s_text_of_that_day_is_kept(active):
    programme = active.tandem.cohort.programme
    kept = active.fresh.agreement_text
    assert kept
    assert kept == {k: v for k, v in programme.agreement_text.data.items() if v}
    programme.agreement_text = "Something else"
    programme.save()
    assert active.fresh.agreement_text == kept


def test_one_begins_the_other_is_told_kindly_and_nothing_is_over(active):
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    assert (active.state, active.fresh.closing_since) == ("closing", NOW)
    assert active.counts(active.mentor_side) == (1, 0)
    [mail] = OutboxMail.objects.all()
    assert (mail.kind, mail.to) == ("tandem_closing", active.mentor.email)
    assert active.mentee.name in mail.text
    with pytest.raises(ClosingNotNow):
        closing_begin(tandem=active.tandem, by=active.mentor, now=NOW)


def test_both_confirm_and_the_tandem_is_closed(active, heard, django_capture_on_commit_callbacks):
    closing_begin(tandem=active.tandem, by=active.mentor, now=NOW)
    for _ in range(2):
        closing_confirm(tandem=active.tandem, by=active.mentee, now=NOW)
    assert active.state == "closing"
    with django_capture_on_commit_callbacks(execute=True):
        closing_confirm(tandem=active.tandem, by=active.mentor, now=NOW + DAY)
        assert heard == [], "not before the commit"
    tandem = active.fresh
    assert (tandem.state, tandem.end_code, tandem.ended_at) == ("closed", "completed", NOW + DAY)
    assert tandem.readable_until == (NOW + DAY).date() + timedelta(
        days=tandem.cohort.programme.room_days
    )
    assert heard.count(TandemClosed(tandem_pk=tandem.pk)) == 1
    assert heard.count(TandemEnded(tandem_pk=tandem.pk, end_code="completed")) == 1
    assert active.counts(active.mentor_side) == (0, 0)
    closed = OutboxMail.objects.filter(kind="tandem_closed")
    assert [mail.to for mail in closed] == [active.mentee.email]
    for act in (closing_begin, closing_confirm):
        with pytest.raises(TandemOver):
            act(tandem=active.tandem, by=active.mentee, now=NOW + DAY)


def test_an_early_end_is_no_closing(active, heard, django_capture_on_commit_callbacks):
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        tandem_dissolve(tandem=active.tandem, by=active.mentor, now=NOW)
    assert active.state == "dissolved"
    assert [type(event) for event in heard] == [TandemEnded]


def test_confirming_needs_a_begin(active):
    with pytest.raises(ClosingNotNow):
        closing_confirm(tandem=active.tandem, by=active.mentee, now=NOW)


def test_the_clock_closes_two_weeks_after_the_cohort_s_end(active):
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    due = NOW.replace(year=2027, month=7, day=14)
    assert close_due(due - DAY) == 0
    assert active.state == "closing"
    assert close_due(due) == 1
    assert close_due(due + DAY) == 0
    assert active.fresh.end_code == "completed"
    mails = OutboxMail.objects.filter(kind="tandem_closed")
    assert {mail.to for mail in mails} == {active.mentee.email, active.mentor.email}


def test_whoever_begins_late_has_two_weeks_too(active):
    late = NOW.replace(year=2027, month=9, day=1)
    closing_begin(tandem=active.tandem, by=active.mentee, now=late)
    assert close_due(late + 13 * DAY) == 0
    assert close_due(late + 14 * DAY) == 1


def test_the_clock_leaves_running_tandems_alone(active):
    assert close_due(NOW.replace(year=2029)) == 0
    assert not tandem_close_in_time(tandem=active.tandem, now=NOW.replace(year=2029))


def test_mails_speak_the_reader_s_language_and_hold_no_content(active):
    active.mentor.locale = "en"
    active.mentor.save()
    active.mentee.locale = "de"
    active.mentee.save()
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    closing_confirm(tandem=active.tandem, by=active.mentee, now=NOW)
    closing_confirm(tandem=active.tandem, by=active.mentor, now=NOW)
    texts = {mail.kind: mail.text for mail in OutboxMail.objects.all()}
    assert "Nothing is over yet" in texts["tandem_closing"]
    assert texts["tandem_closed"].startswith("Hallo")


def test_closing_takes_few_queries(active, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    with django_assert_max_num_queries(6):
        closing_confirm(tandem=active.tandem, by=active.mentee, now=NOW)
    with django_assert_max_num_queries(30):
        closing_confirm(tandem=active.tandem, by=active.mentor, now=NOW)


def test_a_group_is_closed_by_all_of_its_present_members(active, make_pair):
    second = make_pair(cohort=active.tandem.cohort).tandem.members.get(role="mentee")
    Tandem.objects.filter(pk=second.tandem_id).delete()
    second.pk, second.tandem = None, active.tandem
    second.save(force_insert=True)
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    for person in (active.mentee, active.mentor):
        closing_confirm(tandem=active.tandem, by=person, now=NOW)
    assert active.state == "closing"
    closing_confirm(tandem=active.tandem, by=second.user, now=NOW)
    assert active.state == "closed"


def test_either_takes_a_closing_back_and_everything_is_as_before(
    active, heard, django_capture_on_commit_callbacks
):
    before = Tandem.objects.filter(pk=active.tandem.pk).values().get()
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW + DAY)
    closing_confirm(tandem=active.tandem, by=active.mentee, now=NOW + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        closing_take_back(tandem=active.tandem, by=active.mentor, now=NOW + DAY)
    assert Tandem.objects.filter(pk=active.tandem.pk).values().get() == before
    assert not active.tandem.members.exclude(closing_confirmed_at=None).exists()
    assert active.counts(active.mentor_side) == (1, 0)
    assert heard == [ClosingTakenBack(tandem_pk=active.tandem.pk)], "no second activation"
    [mail] = OutboxMail.objects.filter(kind="tandem_goes_on")
    assert mail.to == active.mentee.email
    with pytest.raises(ClosingNotNow):
        closing_take_back(tandem=active.tandem, by=active.mentee, now=NOW + DAY)
    closing_begin(tandem=active.tandem, by=active.mentor, now=NOW + 2 * DAY)
    assert OutboxMail.objects.filter(kind="tandem_closing").count() == 2


def test_what_is_closed_stays_closed(active):
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    for person in (active.mentee, active.mentor):
        closing_confirm(tandem=active.tandem, by=person, now=NOW)
    with pytest.raises(TandemOver):
        closing_take_back(tandem=active.tandem, by=active.mentee, now=NOW)


def test_a_pause_moves_page_and_clock_by_the_same_days(active):
    begun = NOW.replace(year=2027, month=6, day=25)
    closing_begin(tandem=active.tandem, by=active.mentee, now=begun)
    planned = closes_on(active.fresh)
    until = (begun + 21 * DAY).date()
    tandem_pause(tandem=active.tandem, by=active.mentor, until=until, now=begun)
    due_on = closes_on(active.fresh)
    assert due_on == planned + 21 * DAY
    at = NOW.replace(year=due_on.year, month=due_on.month, day=due_on.day)
    assert close_due(at - DAY) == 0
    assert close_due(at) == 1


def test_the_planned_end_is_the_one_the_journey_shows(active):
    """A tandem that began late in its cohort has its whole journey."""
    journey = {"phases": [{"key": "work", "start_week": 0, "end_week": 60}]}
    Tandem.objects.update(journey=journey)
    tandem = active.fresh
    assert ends_on(tandem) == way_of(tandem, active.mentee, NOW).phases[-1].end_on
    assert ends_on(tandem) > tandem.cohort.ends_on


def test_the_clock_leaves_running_tandems_alone_until_six_weeks_after_the_end(active):
    end = NOW.replace(year=2027, month=6, day=30)
    assert close_unclosed(end + 27 * DAY) == 0
    assert not OutboxMail.objects.exists()
    assert close_unclosed(end + 28 * DAY) == 0
    mails = list(OutboxMail.objects.filter(kind="tandem_end_near"))
    assert {mail.to for mail in mails} == {active.mentee.email, active.mentor.email}
    assert all("2027" in mail.text for mail in mails)
    for day in range(28, 42):
        assert close_unclosed(end + day * DAY) == 0
    assert len(OutboxMail.objects.all()) == 2
    assert close_unclosed(end + 42 * DAY) == 1
    assert close_unclosed(end + 43 * DAY) == 0
    tandem = active.fresh
    assert (tandem.state, tandem.end_code) == ("closed", "completed")
    room_days = timedelta(days=tandem.cohort.programme.room_days)
    assert tandem.readable_until == (end + 42 * DAY).date() + room_days
    assert OutboxMail.objects.filter(kind="tandem_closed").count() == 2
    assert active.counts(active.mentor_side) == (0, 0)


def test_nobody_s_tandem_is_closed_at_once_after_a_long_sleep_of_the_clock(active):
    late = NOW.replace(year=2029)
    assert close_unclosed(late) == 0
    assert close_unclosed(late + 13 * DAY) == 0
    assert close_unclosed(late + 14 * DAY) == 1


def test_a_pause_or_a_closing_taken_back_is_announced_anew(active):
    end = NOW.replace(year=2027, month=6, day=30)
    close_unclosed(end + 28 * DAY)
    closing_begin(tandem=active.tandem, by=active.mentee, now=end + 40 * DAY)
    assert close_unclosed(end + 45 * DAY) == 0
    closing_take_back(tandem=active.tandem, by=active.mentee, now=end + 45 * DAY)
    assert close_unclosed(end + 46 * DAY) == 0
    assert close_unclosed(end + 59 * DAY) == 0
    now = end + 59 * DAY
    tandem_pause(tandem=active.tandem, by=active.mentee, until=(now + 7 * DAY).date(), now=now)
    assert close_unclosed(end + 62 * DAY) == 0, "nothing in a pause"
    assert close_unclosed(end + 66 * DAY) == 0
    assert OutboxMail.objects.filter(kind="tandem_end_near").count() == 6
    assert close_unclosed(end + 79 * DAY) == 0
    assert close_unclosed(end + 80 * DAY) == 1


def test_the_clock_s_own_close_is_safe_to_run_twice_and_elsewhere(active):
    assert not tandem_close_unclosed(tandem=active.tandem, now=NOW)
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    assert not tandem_close_unclosed(tandem=active.tandem, now=NOW.replace(year=2029))
    assert active.state == "closing"


def test_taking_back_and_closing_by_the_clock_take_few_queries(
    active, django_assert_max_num_queries
):
    closing_begin(tandem=active.tandem, by=active.mentee, now=NOW)
    with django_assert_max_num_queries(15):
        closing_take_back(tandem=active.tandem, by=active.mentee, now=NOW)
    late = NOW.replace(year=2029)
    with django_assert_max_num_queries(33):
        close_unclosed(late)
    with django_assert_max_num_queries(33):
        close_unclosed(late + 14 * DAY)
