"""The regular end: states, seats, mails, clock, and the way to the alumni."""

from datetime import date, timedelta

import pytest

from tandemwerk.core import events
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.errors import ClosingNotNow, TandemOver
from tandemwerk.tandems.events import TandemClosed, TandemEnded
from tandemwerk.tandems.jobs import close_due
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.chemistry import chemistry_confirm, chemistry_record
from tandemwerk.tandems.services.closing import (
    closing_begin,
    closing_confirm,
    tandem_close_in_time,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
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
    kinds = (TandemClosed, TandemEnded)
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
