"""Gentle mails in running tandems, over sixty days and in every hour."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services import nudges
from tandemwerk.tandems.services.check_ins import check_in_answer
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.journey import journey_move
from tandemwerk.tandems.services.nudges import nudges_send
from tandemwerk.tandems.services.pausing import tandem_pause, tandem_resume
from tandemwerk.tandems.services.reminders import reminders_send
from tests.factories.programmes import ParticipationFactory
from tests.factories.rooms import active_tandem, person_of
from tests.factories.tandems import TandemFactory
from tests.integration.tandems.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY
BLAME = (
    "still have not", "still haven", "overdue", "last chance", "!", "disappoint", "you forgot",
    "failed", "late", "waiting for", "inactive", "should have", "remind you again",
    "immer noch nicht", "überfällig", "letzte", "enttäusch", "vergessen", "versäumt", "zu spät",
    "endlich", "inaktiv", "leider", "solltest", "wartet auf dich",
)  # fmt: skip


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


def nudged():
    return sorted(OutboxMail.objects.filter(kind="tandem_nudge").values_list("to", flat=True))


def both(tandem):
    return sorted(member.user.email for member in tandem.members.all())


def test_three_weeks_of_silence_bring_both_the_same_kind_mail(tandem):
    assert nudges_send(now=NOW + 20 * DAY) == 0
    assert nudges_send(now=NOW + 21 * DAY) == 2
    assert nudged() == both(tandem)
    bodies = set()
    for mail in OutboxMail.objects.all():
        body = mail.text.split("\n", 1)[1]
        for member in tandem.members.all():
            body = body.replace(member.user.name, "…")
        bodies.add(body)
    assert len(bodies) == 1


def test_a_word_in_the_room_begins_anew(tandem):
    Tandem.objects.update(touched_on=(NOW + 15 * DAY).date())
    assert nudges_send(now=NOW + 29 * DAY) == 0


def test_the_question_of_the_first_month_is_mentioned_once(tandem):
    Tandem.objects.update(touched_on=(NOW + 29 * DAY).date())
    assert nudges_send(now=NOW + 29 * DAY) == 0
    assert nudges_send(now=NOW + 30 * DAY) == 2
    [first, _second] = OutboxMail.objects.all()
    assert f"/tandems/{tandem.pk}/signals/" in first.text
    assert nudges_send(now=NOW + 40 * DAY) == 0


def test_who_has_answered_is_not_asked_again(tandem):
    mentee = person_of(tandem, "mentee")
    moment = NOW + 30 * DAY
    Tandem.objects.update(touched_on=moment.date())
    check_in_answer(
        tandem=tandem, by=mentee, key="first-month-check", answer=CheckInAnswer.ON_TRACK, now=moment
    )
    assert nudges_send(now=moment) == 1
    assert nudged() == [person_of(tandem, "mentor").email]


def test_no_mail_during_a_pause_and_a_fresh_start_after_it(tandem):
    mentee = person_of(tandem, "mentee")
    until = (NOW + 60 * DAY).date()
    tandem_pause(tandem=tandem, by=mentee, until=until, now=NOW + 10 * DAY)
    for day in range(10, 60):
        assert nudges_send(now=NOW + day * DAY) == 0
    tandem_resume(tandem=tandem, by=mentee, now=NOW + 59 * DAY)
    Tandem.objects.update(activated_at=NOW)
    assert nudges_send(now=NOW + 60 * DAY) == 0
    assert nudges_send(now=NOW + 80 * DAY) == 2


@pytest.mark.parametrize(("hour", "count"), [(6, 0), (7, 2), (19, 2), (20, 0), (22, 0)])
def test_the_quiet_hours_are_from_nine_in_the_evening(tandem, hour, count):
    """Berlin is one hour ahead of UTC in November."""
    assert nudges_send(now=(NOW + 22 * DAY).replace(hour=hour)) == count


def test_a_reminder_of_another_kind_counts(tandem, make_pair):
    mentor = tandem.members.get(role="mentor").participation
    moment = NOW + 22 * DAY
    make_pair(cohort=tandem.cohort, mentor=mentor, proposed_at=moment - 6 * DAY)
    assert reminders_send(now=moment) == 2
    assert nudges_send(now=moment) == 1
    assert nudged() == [person_of(tandem, "mentee").email]
    assert nudges_send(now=moment + 7 * DAY) == 1


def test_ended_tandems_left_groups_and_closed_accounts_are_left_alone(tandem):
    tandem.members.filter(role="mentor").update(left_at=NOW)
    other = active_tandem(NOW)
    tandem_dissolve(tandem=other, by=person_of(other, "mentee"), now=NOW)
    third = active_tandem(NOW)
    user = person_of(third, "mentee")
    user.is_active = False
    user.save()
    assert nudges_send(now=NOW + 22 * DAY) == 2
    assert nudged() == sorted([person_of(tandem, "mentee").email, person_of(third, "mentor").email])


@pytest.mark.parametrize("locale", ["de", "en"])
def test_nothing_in_it_blames_or_presses(tandem, locale):
    for member in tandem.members.all():
        member.user.locale = locale
        member.user.save()
    nudges_send(now=NOW + 30 * DAY)
    mails = list(OutboxMail.objects.filter(kind="tandem_nudge"))
    assert len(mails) == 2
    for mail in mails:
        for word in BLAME:
            assert word not in (mail.subject + mail.text).lower()


def test_sixty_days_of_everything_never_nag(tandem, make_pair):
    """All kinds of reminders together: one a week a person, by day only, none in a pause."""
    mentor = tandem.members.get(role="mentor").participation
    far = tandem.members.get(role="mentee").user
    far.timezone = "Pacific/Auckland"
    far.save()
    tandems = [tandem] + [
        TandemFactory(
            cohort=tandem.cohort,
            members__mentor=mentor,
            state="active",
            proposed_at=NOW,
            activated_at=NOW + n * 5 * DAY,
        )
        for n in range(1, 4)
    ]
    for n in range(4):
        make_pair(cohort=tandem.cohort, mentor=mentor, proposed_at=NOW + 11 * n * DAY)
    mate = person_of(tandems[1], "mentee")
    pause = (NOW + 25 * DAY, NOW + 50 * DAY)
    moment, when, known = NOW, defaultdict(list), set()
    while moment < NOW + 60 * DAY:
        if moment == pause[0]:
            tandem_pause(tandem=tandems[1], by=mate, until=pause[1].date(), now=moment)
        reminders_send(now=moment)
        nudges_send(now=moment)
        for mail in OutboxMail.objects.exclude(pk__in=known):
            known.add(mail.pk)
            when[mail.to].append(moment)
        moment += 6 * HOUR
    zones = {m.user.email: m.user.zone for m in TandemMember.objects.select_related("user")}
    assert len(when) >= 8
    assert sum(len(moments) for moments in when.values()) > 12
    for email, moments in when.items():
        assert all(later - before >= WEEK for before, later in pairwise(moments))
        assert all(8 <= moment.astimezone(zones[email]).hour < 21 for moment in moments)
    assert not [m for m in when[mate.email] if pause[0] <= m < pause[1]]
    assert len(when[mentor.user.email]) >= 4


@pytest.mark.parametrize("count", [1, 3])
def test_reminding_many_costs_five_queries_a_person(tandem, count, django_assert_num_queries):
    for _ in range(count - 1):
        active_tandem(NOW)
    with django_assert_num_queries(4 + 5 * 2 * count):
        assert nudges_send(now=NOW + 21 * DAY) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_only_what_may_be_due_is_opened(tandem, count, django_assert_num_queries):
    for _ in range(count - 1):
        active_tandem(NOW)
    Tandem.objects.update(touched_on=(NOW + 19 * DAY).date())
    with django_assert_num_queries(4):  # three to read, one to note
        assert nudges_send(now=NOW + 20 * DAY) == 0
    for hour in range(1, 24 * 9):
        with django_assert_num_queries(1):
            assert nudges_send(now=NOW + 20 * DAY + hour * HOUR) == 0
    assert nudges_send(now=NOW + 30 * DAY) == 2 * count


def test_those_with_nothing_due_are_looked_at_in_batches(
    tandem, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(nudges, "BATCH", 2)
    for _ in range(4):
        active_tandem(NOW)
    with django_assert_max_num_queries(5 * 3 + 5 * 3 + 2 + 10 * 5):
        assert nudges_send(now=NOW + 21 * DAY) == 10


def test_a_pause_that_ends_early_is_looked_at_anew(tandem):
    mentee = person_of(tandem, "mentee")
    begun = NOW + 20 * DAY
    assert nudges_send(now=begun) == 0
    tandem_pause(tandem=tandem, by=mentee, until=(begun + 50 * DAY).date(), now=begun)
    assert nudges_send(now=begun) == 0
    tandem_resume(tandem=tandem, by=mentee, now=begun)
    assert nudges_send(now=begun + DAY) == 2


def test_another_journey_is_looked_at_anew(tandem):
    nudges_send(now=NOW + 20 * DAY)
    assert TandemMember.objects.exclude(look_again_at=None).count() == 2
    tandem.cohort.programme.journey_number = 2
    tandem.cohort.programme.save()
    by = tandem.cohort.programme.organisation.owners.first()
    journey_move(cohort=tandem.cohort, number=2, by=by and by.user, now=NOW + 20 * DAY)
    assert not TandemMember.objects.exclude(look_again_at=None).exists()


def test_over_a_year_of_silence_there_are_few_mails_and_the_end_is_mentioned_once(tandem):
    Tandem.objects.update(journey={"phases": [{"key": "work", "start_week": 0, "end_week": 20}]})
    type(tandem.cohort).objects.update(
        registration_ends_on=NOW.date(),
        starts_on=NOW.date(),
        midpoint_on=(NOW + 30 * DAY).date(),
        ends_on=(NOW + 100 * DAY).date(),
    )
    days = [day for day in range(365) if nudges_send(now=NOW + day * DAY)]
    assert days == [21, 30, 51, 91, 140]
    last = OutboxMail.objects.order_by("-pk").first()
    assert "over" in last.text or "um." in last.text


def test_a_member_of_several_tandems_gets_one_mail(tandem):
    mentor = tandem.members.get(role="mentor")
    other = ParticipationFactory(cohort=tandem.cohort, role="mentor", seats=3)
    second = active_tandem(NOW, cohort=tandem.cohort, members__mentor=other)
    second.members.filter(role="mentor").update(user=mentor.user)
    assert nudges_send(now=NOW + 22 * DAY) == 3
    [mail] = OutboxMail.objects.filter(to=mentor.user.email)
    assert f"/tandems/{tandem.pk}/" in mail.text
    assert f"/tandems/{second.pk}/" in mail.text
