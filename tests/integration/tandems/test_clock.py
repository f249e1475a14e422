from datetime import timedelta
from itertools import pairwise

import pytest

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.jobs import expire_due, tandem_clock
from tandemwerk.tandems.services.chemistry import chemistry_record
from tandemwerk.tandems.services.ending import tandem_expire
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.services.reminders import reminders_send
from tests.factories.programmes import ParticipationFactory
from tests.integration.tandems.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = NOW - DAY  # when the factory proposes; ten days to answer


def reminded():
    return sorted(OutboxMail.objects.filter(kind="tandem_reminder").values_list("to", flat=True))


def test_silence_ends_a_proposal_and_both_return(pair):
    assert expire_due(pair.tandem.answer_by - HOUR) == 0
    assert expire_due(pair.tandem.answer_by) == 1
    assert expire_due(pair.tandem.answer_by + HOUR) == 0
    assert (pair.fresh.state, pair.fresh.end_code) == ("declined", "expired")
    assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (0, 0)
    mails = OutboxMail.objects.filter(kind="proposal_ended")
    assert {mail.to for mail in mails} == {pair.mentee.email, pair.mentor.email}
    names = (pair.mentee, pair.mentor)
    bodies = {mail.text.split("\n", 1)[1] for mail in mails}
    for name in (person.name for person in names):
        bodies = {body.replace(name, "…") for body in bodies}
    assert len(bodies) == 1, "nobody is told that it was them"


def test_silence_ends_a_chemistry_time_and_frees_the_seats(pair):
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=NOW)
    chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=NOW.date(), now=NOW)
    assert expire_due(NOW + 21 * DAY) == 1
    assert pair.fresh.end_code == "expired"
    assert pair.counts(pair.mentor_side) == (0, 0)


def test_an_answer_of_the_last_second_wins_or_the_clock_does(pair):
    proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    assert not tandem_expire(tandem=pair.tandem, now=pair.tandem.answer_by)
    assert pair.fresh.end_code == "declined"


def test_half_time_reminds_those_who_have_not_answered_once(pair):
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    half = START + 5 * DAY
    assert reminders_send(now=half - HOUR) == 0
    assert reminders_send(now=half) == 1
    assert reminders_send(now=half + HOUR) == 0
    assert reminders_send(now=half + 4 * DAY) == 0
    assert reminded() == [pair.mentee.email]


@pytest.mark.parametrize(("hour", "count"), [(6, 0), (7, 2), (19, 2), (20, 0), (23, 0)])
def test_nobody_is_reminded_at_night(pair, hour, count):
    """Berlin is one hour ahead of UTC in November."""
    late = (START + 6 * DAY).replace(hour=hour)
    assert reminders_send(now=late) == count


def test_the_night_is_the_person_s_own(pair):
    pair.mentor.timezone = "America/New_York"
    pair.mentor.save()
    assert reminders_send(now=(START + 6 * DAY).replace(hour=8)) == 1
    assert reminded() == [pair.mentee.email]


def test_one_mail_a_week_whatever_waits(make_pair):
    mentor = ParticipationFactory(role="mentor", seats=3)
    pairs = [make_pair(mentor.cohort, mentor, START + n * DAY) for n in range(3)]
    moment, sent = START + 5 * DAY, []
    for _ in range(60):
        reminders_send(now=moment)
        if len(reminded()) > len(sent) and mentor.user.email in reminded()[len(sent) :]:
            sent.append(moment)
        moment += 4 * HOUR
    mine = [address for address in reminded() if address == mentor.user.email]
    assert len(mine) == 1
    assert len(reminded()) == 1 + len(pairs), "each mentee once"


def test_sixty_days_of_the_clock_never_nag(make_pair):
    """The scheduler over sixty days: at most one reminder a person a week, none in quiet hours."""
    mentor = ParticipationFactory(role="mentor", seats=9)
    pairs = [make_pair(mentor.cohort, mentor, START + 8 * n * DAY) for n in range(5)]
    moment, when = START, {}
    while moment < START + 60 * DAY:
        known = set(OutboxMail.objects.values_list("pk", flat=True))
        reminders_send(now=moment)
        for mail in OutboxMail.objects.filter(kind="tandem_reminder").exclude(pk__in=known):
            when.setdefault(mail.to, []).append(moment)
        for number, pair in enumerate(pairs):
            if moment == START + (8 * number + 9) * DAY:
                proposal_accept(tandem=pair.tandem, by=pair.mentee, now=moment)
        expire_due(moment)
        moment += 12 * HOUR
    assert len(when) > 1
    for moments in when.values():
        gaps = [b - a for a, b in pairwise(moments)]
        assert all(gap >= 7 * DAY for gap in gaps)
        assert all(8 <= (m + HOUR).hour < 21 for m in moments)


def test_chemistry_gets_its_own_reminder(pair):
    reminders_send(now=START + 5 * DAY)
    began = START + 8 * DAY
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=began)
    assert reminders_send(now=began + 10 * DAY) == 0
    assert reminders_send(now=began + 11 * DAY) == 2
    assert len(reminded()) == 4


def test_reminders_are_kind(pair):
    reminders_send(now=START + 6 * DAY)
    for mail in OutboxMail.objects.all():
        for word in ("still have not", "overdue", "last chance", "!", "disappoint", "waiting for"
                     " your reply since"):  # fmt: skip
            assert word not in mail.subject + mail.text


def test_the_hourly_job_does_both(pair):
    tandem_clock.call()  # the present is years after the factory's dates or before them
    assert pair.fresh.state in {"proposed", "declined"}


def test_reminding_many_costs_three_queries_a_person(make_pair, django_assert_max_num_queries):
    for _ in range(3):
        make_pair()
    with django_assert_max_num_queries(2 + 6 * 6):
        assert reminders_send(now=START + 6 * DAY) == 6


def test_one_that_fails_stops_no_other(make_pair, monkeypatch, caplog):
    broken, whole = make_pair(), make_pair()

    def expire(*, tandem, now):
        if tandem.pk == broken.tandem.pk:
            raise RuntimeError("damaged")
        return tandem_expire(tandem=tandem, now=now)

    monkeypatch.setattr("tandemwerk.tandems.jobs.tandem_expire", expire)
    assert expire_due(broken.tandem.answer_by) == 1
    assert (broken.state, whole.state) == ("proposed", "declined")
    assert "could not be ended" in caplog.text
