from datetime import date, timedelta

import pytest

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.errors import (
    AnswerTooLate,
    MeetingBeforeProposal,
    MeetingInFuture,
    MeetingNotRecorded,
    MeetingSettled,
    NothingToAnswer,
    TandemNotActive,
    TandemOver,
)
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve, tandem_leave
from tandemwerk.tandems.services.proposals import proposal_accept
from tests.integration.tandems.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def pair(pair):
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=NOW)
    OutboxMail.objects.all().delete()
    return pair


@pytest.fixture
def active(pair):
    chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=TODAY, now=NOW)
    for person in (pair.mentee, pair.mentor):
        chemistry_confirm(tandem=pair.tandem, by=person, now=NOW)
    OutboxMail.objects.all().delete()
    return pair


def test_both_confirm_and_the_journey_begins(pair):
    programme = pair.tandem.cohort.programme
    programme.journey = {"phases": [{"key": "begin", "start_week": 1, "end_week": 2}]}
    programme.save()
    chemistry_record(tandem=pair.tandem, by=pair.mentor, met_on=TODAY, now=NOW)
    chemistry_confirm(tandem=pair.tandem, by=pair.mentor, now=NOW)
    assert pair.state == "chemistry"
    chemistry_confirm(tandem=pair.tandem, by=pair.mentee, now=NOW)
    tandem = pair.fresh
    assert (tandem.state, tandem.activated_at) == ("active", NOW)
    assert tandem.journey == programme.journey, "later changes of the programme don't reach it"
    assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (1, 0)
    assert set(OutboxMail.objects.values_list("kind", "to")) == {
        ("tandem_active", pair.mentee.email),
        ("tandem_active", pair.mentor.email),
    }


def test_either_may_enter_the_day_and_correct_it(pair):
    chemistry_record(tandem=pair.tandem, by=pair.mentor, met_on=TODAY, now=NOW)
    yesterday = TODAY - timedelta(days=1)
    chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=yesterday, now=NOW)
    assert pair.fresh.chemistry_met_on == yesterday


def test_the_day_stays_once_somebody_answered(pair):
    chemistry_record(tandem=pair.tandem, by=pair.mentor, met_on=TODAY, now=NOW)
    chemistry_confirm(tandem=pair.tandem, by=pair.mentor, now=NOW)
    with pytest.raises(MeetingSettled):
        chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=TODAY, now=NOW)


def test_today_is_today_where_the_person_lives(pair):
    pair.mentor.timezone = "Pacific/Auckland"
    pair.mentor.save()
    evening = NOW.replace(hour=20)  # the next morning in Auckland
    tomorrow = date(2026, 11, 5)
    with pytest.raises(MeetingInFuture):
        chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=tomorrow, now=evening)
    chemistry_record(tandem=pair.tandem, by=pair.mentor, met_on=tomorrow, now=evening)


def test_a_day_before_the_proposal_is_a_mistake(pair):
    with pytest.raises(MeetingBeforeProposal) as caught:
        chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=date(2026, 11, 2), now=NOW)
    assert "3" in str(caught.value)


def test_no_confirmation_without_a_meeting(pair):
    with pytest.raises(MeetingNotRecorded):
        chemistry_confirm(tandem=pair.tandem, by=pair.mentee, now=NOW)


def test_a_no_gives_the_seats_back_and_tells_the_other_kindly(pair):
    chemistry_refuse(
        tandem=pair.tandem, by=pair.mentee, code=DeclineCode.CHEMISTRY, note="x", now=NOW
    )
    assert (pair.fresh.state, pair.fresh.end_code) == ("declined", "no_chemistry")
    assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (0, 0)
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("proposal_ended", pair.mentor.email)
    assert "chemistry" not in mail.text


def test_a_no_is_possible_after_the_meeting_and_after_the_other_s_yes(pair):
    chemistry_record(tandem=pair.tandem, by=pair.mentor, met_on=TODAY, now=NOW)
    chemistry_confirm(tandem=pair.tandem, by=pair.mentor, now=NOW)
    chemistry_refuse(tandem=pair.tandem, by=pair.mentee, now=NOW)
    with pytest.raises(TandemOver):
        chemistry_confirm(tandem=pair.tandem, by=pair.mentee, now=NOW)


def test_chemistry_has_its_time(pair, make_pair):
    with pytest.raises(AnswerTooLate):
        chemistry_record(
            tandem=pair.tandem, by=pair.mentee, met_on=TODAY, now=NOW + timedelta(days=21)
        )
    with pytest.raises(NothingToAnswer):
        chemistry_confirm(tandem=make_pair().tandem, by=pair.mentee, now=NOW)


def test_either_may_end_a_running_tandem_without_saying_why(active):
    tandem_dissolve(tandem=active.tandem, by=active.mentee, now=NOW)
    assert (active.fresh.state, active.fresh.end_code) == ("dissolved", "early")
    assert active.counts(active.mentor_side) == active.counts(active.mentee_side) == (0, 0)
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("tandem_ended", active.mentor.email)
    with pytest.raises(TandemOver):
        tandem_dissolve(tandem=active.tandem, by=active.mentor, now=NOW)


def test_what_does_not_run_is_declined_not_dissolved(pair):
    with pytest.raises(TandemNotActive):
        tandem_dissolve(tandem=pair.tandem, by=pair.mentee, now=NOW)


def test_who_leaves_ends_what_is_open_once(active, make_pair):
    proposed = make_pair()
    assert tandem_leave(tandem=proposed.tandem, by=proposed.mentor, now=NOW)
    assert (proposed.fresh.state, proposed.fresh.end_code) == ("declined", "withdrawn")
    assert proposed.counts(proposed.mentee_side) == (0, 0)
    assert tandem_leave(tandem=active.tandem, by=active.mentor, now=NOW)
    assert not tandem_leave(tandem=active.tandem, by=active.mentor, now=NOW)
    assert (active.fresh.state, active.fresh.end_code) == ("dissolved", "withdrawn")
    kinds = set(OutboxMail.objects.values_list("kind", "to"))
    assert kinds == {
        ("proposal_ended", proposed.mentee.email),
        ("tandem_ended", active.mentee.email),
    }
