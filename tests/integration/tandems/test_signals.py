"""Check-ins, help and the pause: what people say, who reads it, and who does not."""

from datetime import date, timedelta

import pytest

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.crypto import SealBroken
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.enums import CheckInAnswer, HelpState, HelpTopic
from tandemwerk.tandems.errors import (
    CheckInClosed,
    HelpAnswered,
    PauseNotAhead,
    PauseTooLong,
    TandemNotRunning,
    TooManyHelpRequests,
)
from tandemwerk.tandems.models import CheckIn, HelpRequest, Tandem
from tandemwerk.tandems.selectors.asking import asks_waiting, cohort_asking, counted
from tandemwerk.tandems.selectors.coordination import (
    check_ins_run_by,
    help_requests_run_by,
    readers_of,
)
from tandemwerk.tandems.selectors.page import sides, tandem_page, tandems_with_profiles
from tandemwerk.tandems.selectors.signals import help_read, signals_of
from tandemwerk.tandems.services import help as help_services
from tandemwerk.tandems.services.check_ins import check_in_answer, check_in_take_up
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.help import help_answer, help_ask, help_take_up
from tandemwerk.tandems.services.pausing import tandem_pause, tandem_resume
from tests.factories.programmes import CoordinatorFactory, OwnerFactory
from tests.factories.rooms import active_tandem, person_of
from tests.integration.tandems.conftest import NOW

DAY = timedelta(days=1)
FIRST = "first-month-check"
MONTH = NOW + 31 * DAY
CANARY = "kanarienvogel"


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def mentee(tandem):
    return person_of(tandem, "mentee")


@pytest.fixture
def coordinator(tandem):
    return CoordinatorFactory(programme=tandem.cohort.programme).user


def answer(tandem, by, said="on_track", now=MONTH):
    return check_in_answer(tandem=tandem, by=by, key=FIRST, answer=CheckInAnswer(said), now=now)


def ask(tandem, by, now=NOW):
    return help_ask(tandem=tandem, by=by, topics=[HelpTopic.DATES], words=CANARY, now=now)


def test_an_answer_is_given_changed_for_a_week_and_then_stands(tandem, mentee):
    answer(tandem, mentee)
    answer(tandem, mentee, "help", MONTH + 7 * DAY)
    row = CheckIn.objects.get()
    assert (row.answer, row.answered_at) == ("help", MONTH)
    with pytest.raises(CheckInClosed):
        answer(tandem, mentee, "end", MONTH + 9 * DAY)


@pytest.mark.parametrize("days", [20, 80])
def test_a_question_is_answered_while_it_is_open(tandem, mentee, days):
    with pytest.raises(CheckInClosed):
        answer(tandem, mentee, now=NOW + days * DAY)


def test_unknown_questions_and_ended_tandems_have_no_answer(tandem, mentee):
    with pytest.raises(CheckInClosed):
        check_in_answer(
            tandem=tandem, by=mentee, key="no-such", answer=CheckInAnswer.HELP, now=MONTH
        )
    tandem_dissolve(tandem=tandem, by=mentee, now=NOW)
    with pytest.raises(CheckInClosed):
        answer(tandem, mentee)


def test_only_who_asks_for_something_is_named(tandem, mentee, coordinator):
    answer(tandem, mentee)
    mentor = person_of(tandem, "mentor")
    answer(tandem, mentor, "end")
    [ask_] = cohort_asking(tandem.cohort, coordinator, MONTH).asks
    assert (ask_.name, ask_.wants_end) == (mentor.name, True)
    assert list(check_ins_run_by(coordinator)) == [CheckIn.objects.get(answer="end")]
    assert asks_waiting(tandem.cohort, coordinator) == 1
    check_in_take_up(check_in=CheckIn.objects.get(answer="end"), by=coordinator, now=MONTH)
    assert asks_waiting(tandem.cohort, coordinator) == 0


def test_on_track_sends_no_mail_the_rest_one_without_the_answer(tandem, mentee, coordinator):
    answer(tandem, mentee)
    assert not OutboxMail.objects.filter(kind="help_asked").exists()
    answer(tandem, mentee, "help", MONTH + DAY)
    answer(tandem, mentee, "end", MONTH + 2 * DAY)
    [mail] = OutboxMail.objects.filter(kind="help_asked")
    assert mail.to == coordinator.email
    assert mentee.name not in mail.text + mail.subject


def test_a_later_answer_takes_the_place_of_an_earlier_one(tandem, mentee, coordinator):
    journey = {"phases": [{"end_week": 20, "due": [{"key": "half-check", "week": 20}]}]}
    Tandem.objects.update(journey=journey)
    answer(tandem, mentee, "help")
    later = NOW + timedelta(weeks=20)
    check_in_answer(
        tandem=tandem, by=mentee, key="half-check", answer=CheckInAnswer.ON_TRACK, now=later
    )
    assert cohort_asking(tandem.cohort, coordinator, later).asks == []


def test_help_holds_the_chosen_words_sealed_and_goes_to_the_coordination(
    tandem, mentee, coordinator
):
    row = ask(tandem, mentee)
    stored = HelpRequest.objects.get()
    assert CANARY.encode() not in bytes(stored.body)
    read = help_read(help_requests_run_by(coordinator).get())
    assert (read.topics, read.words, read.name) == ((HelpTopic.DATES,), CANARY, mentee.name)
    [mail] = OutboxMail.objects.filter(kind="help_asked")
    assert CANARY not in mail.text + mail.html + mail.subject
    assert mentee.name not in mail.text
    assert CANARY not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    other = ask(tandem, mentee)
    HelpRequest.objects.filter(pk=row.pk).update(body=other.body)
    with pytest.raises(SealBroken):
        help_read(HelpRequest.objects.get(pk=row.pk))


def test_nothing_is_no_request(tandem, mentee):
    with pytest.raises(ValueError, match="nothing"):
        help_ask(tandem=tandem, by=mentee, topics=[], words="  ", now=NOW)


def test_help_is_taken_up_answered_and_read_by_the_person(tandem, mentee, coordinator):
    row = ask(tandem, mentee)
    help_take_up(request=row, by=coordinator, now=NOW)
    help_take_up(request=row, by=coordinator, now=NOW + DAY)
    row.refresh_from_db()
    assert (row.state, row.taken_up_at) == (HelpState.TAKEN_UP, NOW)
    help_answer(request=row, by=coordinator, reply=CANARY + "!", now=NOW + DAY)
    [mail] = OutboxMail.objects.filter(kind="help_answered")
    assert mail.to == mentee.email
    assert CANARY not in mail.text
    me, _others = sides(tandem, mentee)
    [read] = signals_of(tandem, me, NOW).helps
    assert (read.reply, read.state) == (CANARY + "!", HelpState.ANSWERED)
    with pytest.raises(HelpAnswered):
        help_answer(request=row, by=coordinator, now=NOW)
    assert cohort_asking(tandem.cohort, coordinator, NOW).asks == []


def test_help_works_before_and_after_the_tandem_runs(pair):
    ask(pair.tandem, pair.mentee)
    Tandem.objects.update(state="declined", ended_at=NOW)
    ask(pair.tandem, pair.mentor)
    assert HelpRequest.objects.count() == 2


def test_a_coordinator_in_the_tandem_reads_nothing_of_it(tandem, mentee):
    mentor = person_of(tandem, "mentor")
    CoordinatorFactory(programme=tandem.cohort.programme, user=mentor)
    owner = OwnerFactory(organisation=tandem.cohort.programme.organisation).user
    assert readers_of(tandem) == [owner]
    ask(tandem, mentee)
    answer(tandem, mentee, "end")
    assert not help_requests_run_by(mentor).exists()
    assert not check_ins_run_by(mentor).exists()
    assert cohort_asking(tandem.cohort, mentor, MONTH).asks == []
    assert len(cohort_asking(tandem.cohort, owner, MONTH).asks) == 2
    assert set(OutboxMail.objects.filter(kind="help_asked").values_list("to", flat=True)) == {
        owner.email
    }


def test_other_coordinators_and_the_other_person_read_nothing(tandem, mentee):
    ask(tandem, mentee)
    for user in (CoordinatorFactory().user, person_of(tandem, "mentor")):
        assert not help_requests_run_by(user).exists()
    me, _others = sides(tandem, person_of(tandem, "mentor"))
    assert signals_of(tandem, me, NOW).helps == []


@pytest.mark.parametrize(
    ("asked", "count", "shown", "is_most"),
    [
        (4, 4, (None, None), False),
        (20, 4, (20, None), False),
        (20, 0, (20, None), False),
        (20, 5, (20, 5), False),
        (20, 15, (20, 15), False),
        (20, 16, (20, None), True),
        (6, 6, (6, None), True),
    ],
)
def test_small_groups_and_small_rests_are_hidden(asked, count, shown, is_most):
    found = counted(asked, count)
    assert ((found.asked, found.count), found.is_most) == (shown, is_most)


def test_overdue_answers_are_counted_over_the_cohort(tandem, coordinator):
    tandems = [tandem, *(active_tandem(NOW, cohort=tandem.cohort) for _ in range(5))]
    late = NOW + 38 * DAY
    for each in tandems[:3]:
        for role in ("mentee", "mentor"):
            answer(each, person_of(each, role), now=MONTH)
    assert cohort_asking(tandem.cohort, coordinator, late).overdue == counted(12, 6)
    assert cohort_asking(tandem.cohort, coordinator, MONTH).overdue == counted(12, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_coordination_s_list_takes_the_same_queries(
    tandem, coordinator, count, django_assert_num_queries
):
    for number in range(count):
        each = tandem if number == 0 else active_tandem(NOW, cohort=tandem.cohort)
        ask(each, person_of(each, "mentee"))
        answer(each, person_of(each, "mentor"), "help")
    with django_assert_num_queries(10):
        assert len(cohort_asking(tandem.cohort, coordinator, MONTH).asks) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_one_s_own_signals_take_three_queries(tandem, mentee, count, django_assert_num_queries):
    for _ in range(count):
        ask(tandem, mentee)
    found = tandems_with_profiles(mentee).get(pk=tandem.pk)
    me, _others = sides(found, mentee)
    with django_assert_num_queries(3):
        assert len(signals_of(found, me, NOW).helps) == count


def test_either_may_pause_and_either_may_go_on(tandem, mentee):
    mentor = person_of(tandem, "mentor")
    until = NOW.date() + 14 * DAY
    tandem_pause(tandem=tandem, by=mentee, until=until, now=NOW)
    tandem.refresh_from_db()
    assert tandem.paused_until == until
    tandem_resume(tandem=tandem, by=mentor, now=NOW + 3 * DAY)
    tandem_resume(tandem=tandem, by=mentor, now=NOW + 4 * DAY)
    tandem.refresh_from_db()
    assert tandem.pauses == [["2026-11-04", "2026-11-07"]]
    entries = AuditEntry.objects.filter(action__in=["tandem.pause", "tandem.resume"])
    assert list(entries.values_list("actor_id", flat=True)) == [None, None]


def test_a_pause_moves_what_is_due(tandem, mentee):
    journey = {
        "phases": [
            {"key": "a", "start_week": 0, "end_week": 4, "due": [{"key": "sign", "week": 3}]}
        ]
    }
    Tandem.objects.update(journey=journey)

    def due_on():
        found = tandems_with_profiles(mentee).get(pk=tandem.pk)
        return tandem_page(found, mentee, NOW).way.phases[0].due[0].due_on

    assert due_on() == date(2026, 11, 25)
    tandem_pause(tandem=tandem, by=mentee, until=NOW.date() + 10 * DAY, now=NOW)
    assert due_on() == date(2026, 12, 5)
    tandem_resume(tandem=tandem, by=mentee, now=NOW + 4 * DAY)
    assert due_on() == date(2026, 11, 29)


def test_pauses_have_limits(tandem, mentee, pair):
    today = NOW.date()
    for until, error in ((today, PauseNotAhead), (today + 57 * DAY, PauseTooLong)):
        with pytest.raises(error):
            tandem_pause(tandem=tandem, by=mentee, until=until, now=NOW)
    with pytest.raises(TandemNotRunning):
        tandem_pause(tandem=pair.tandem, by=pair.mentee, until=today + DAY, now=NOW)


def test_what_stays_quiet_is_counted_in_groups_and_never_named(tandem, coordinator):
    def said(now):
        return cohort_asking(tandem.cohort, coordinator, now).quiet

    for _ in range(8):
        active_tandem(NOW, cohort=tandem.cohort)
    later = NOW + timedelta(weeks=13)
    assert (said(later - DAY).asked, said(later - DAY).count) == (9, None)
    assert said(later).is_most, "all nine, which would name each of them"
    half = Tandem.objects.order_by("pk")[:4].values("pk")
    Tandem.objects.filter(pk__in=half).update(touched_on=later.date())
    assert (said(later).count, said(later).is_most) == (None, True)
    for _ in range(3):
        active_tandem(later, cohort=tandem.cohort)
    assert (said(later).asked, said(later).count) == (12, 5)
    running = Tandem.objects.order_by("pk")[5]
    tandem_pause(
        tandem=running,
        by=person_of(running, "mentee"),
        until=(later + 7 * DAY).date(),
        now=later,
    )
    assert (said(later).asked, said(later).count) == (12, None), "a pause is no silence"


def test_help_is_asked_for_so_often_a_day(tandem, mentee, monkeypatch):
    monkeypatch.setattr(help_services, "MOST_A_DAY", 2)
    for hours in (0, 1):
        ask(tandem, mentee, NOW + timedelta(hours=hours))
    with pytest.raises(TooManyHelpRequests, match="112"):
        ask(tandem, mentee, NOW + timedelta(hours=23))
    ask(tandem, person_of(tandem, "mentor"), NOW)
    ask(tandem, mentee, NOW + DAY)


def test_one_mail_an_hour_as_long_as_the_first_request_waits(tandem, mentee, coordinator):
    first = ask(tandem, mentee)
    ask(tandem, mentee, NOW + timedelta(minutes=5))
    mails = OutboxMail.objects.filter(kind="help_asked")
    assert mails.count() == 1
    for row in HelpRequest.objects.all():
        help_take_up(request=row, by=coordinator, now=NOW + timedelta(minutes=6))
    ask(tandem, mentee, NOW + timedelta(minutes=10))  # they looked, so they hear of it
    assert mails.count() == 2
    ask(tandem, mentee, first.asked_at + timedelta(hours=2))
    assert mails.count() == 3
