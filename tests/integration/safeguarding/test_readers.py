"""A case belongs to those its reporter saw; others come in only by a recorded act."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.safeguarding.enums import CaseState, Outcome
from tandemwerk.safeguarding.errors import CaseReaderUnfit
from tandemwerk.safeguarding.models import Case, CaseReader, SafeguardingPerson
from tandemwerk.safeguarding.selectors.cases import cases_read_by
from tandemwerk.safeguarding.selectors.people import addressees_of
from tandemwerk.safeguarding.selectors.readers import (
    case_readers,
    cases_left_alone,
    cases_of_reader,
    cases_waiting,
)
from tandemwerk.safeguarding.services.cases import case_close, case_shred, cases_lost_close
from tandemwerk.safeguarding.services.mails import reports_tell
from tandemwerk.safeguarding.services.people import safeguarder_remove
from tandemwerk.safeguarding.services.readers import case_hand_over, report_readers_add
from tandemwerk.tandems.models import TandemMember
from tests.factories.people import UserFactory
from tests.factories.programmes import OwnerFactory
from tests.factories.rooms import active_tandem
from tests.factories.safeguarding import report, safeguarder
from tests.integration.safeguarding.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NOW + DAY


@pytest.fixture
def case(mentee, organisation, readers):
    return report(mentee, organisation, NOW)


def goes(user, now=LATER):
    row = SafeguardingPerson.objects.get(user=user)
    safeguarder_remove(row=row, by=user, now=now)


def told(user, kind="report_readers_changed"):
    return OutboxMail.objects.filter(user=user, kind=kind).count()


def test_the_owner_cannot_come_to_what_was_sent_before(case, mentee, organisation, readers):
    """By whichever order of taking away and naming; not even with another address of theirs."""
    owner = OwnerFactory(organisation=organisation).user
    helpers = [safeguarder(organisation, LATER) for _ in range(2)]
    safeguarder(organisation, LATER, owner)
    for user in readers:
        goes(user)
    for user in readers:
        safeguarder(organisation, LATER, user)  # named again: a new role, not the old case
    for user in (owner, *helpers, *readers):
        assert not cases_read_by(user).exists()
        assert not cases_of_reader(user).exists()
    new = report(mentee, organisation, LATER)
    assert cases_read_by(helpers[0]).get() == new


def test_a_reader_hands_a_case_over_and_the_reporter_is_told(case, mentee, organisation, readers):
    third = safeguarder(organisation, LATER)
    before = OutboxMail.objects.filter(user=third).count()
    for _ in range(2):
        case_hand_over(case=case, to=third, by=readers[0], now=LATER)
    assert cases_read_by(third).get() == case
    entry = AuditEntry.objects.get(action="case.hand_over")
    assert (entry.actor_id, entry.object_id, entry.details) == (
        readers[0].pk,
        case.pk,
        {"user": third.pk},
    )
    assert told(mentee) == 1
    assert OutboxMail.objects.filter(user=third).count() == before + 1
    assert CaseReader.objects.get(user=third).added_by == readers[0]
    assert [reader.user for reader in case_readers(case).readers] == [*readers, third]


def test_the_mail_to_the_reporter_says_nothing(case, mentee, organisation, readers):
    case_hand_over(case=case, to=safeguarder(organisation, LATER), by=readers[0], now=LATER)
    mail = OutboxMail.objects.get(user=mentee)
    assert "report" not in mail.subject.lower()
    assert "eld" not in mail.subject
    assert str(case.reference) not in mail.text
    assert organisation.name not in mail.subject + mail.text


def test_nobody_without_the_role_and_nobody_of_the_tandem_is_let_in(
    case, mentor, mentee, organisation, readers
):
    stranger = UserFactory()
    for user in (mentor, mentee):
        safeguarder(organisation, LATER, user)
    elsewhere = safeguarder(active_tandem(NOW).cohort.programme.organisation, NOW)
    for user in (stranger, mentor, mentee, elsewhere):
        with pytest.raises(CaseReaderUnfit):
            case_hand_over(case=case, to=user, by=readers[0], now=LATER)
        with pytest.raises(CaseReaderUnfit):
            report_readers_add(case=case, users=[user], now=LATER)
    assert case_readers(case).others == ()


def test_when_a_reader_goes_the_reporter_hears_of_it_and_chooses(
    client, case, mentee, organisation, readers
):
    goes(readers[0])
    assert told(mentee) == 1
    assert not cases_read_by(readers[1]).exists()
    assert cases_waiting(readers[1]) == [case]
    third = safeguarder(organisation, LATER + HOUR)
    assert told(mentee) == 2  # there is somebody to choose
    client.force_login(mentee)
    place = reverse("safeguarding:report_detail", args=[case.reference])
    page = client.get(place).content.decode()
    assert "nobody does" in page
    assert third.name in page
    act = reverse("safeguarding:report_readers", args=[case.reference])
    for wrong in ({}, {"readers": UserFactory().pk}):
        assert client.post(act, wrong)["Location"] == place
        assert not cases_read_by(third).exists()
    assert client.post(act, {"readers": third.pk})["Location"] == place
    assert cases_read_by(third).get() == cases_read_by(readers[1]).get() == case
    entry = AuditEntry.objects.get(action="case.readers")
    assert (entry.actor_id, entry.details) == (None, {"user": third.pk})
    assert told(third, "report_arrived") == 1
    assert "nobody does" not in client.get(place).content.decode()


def test_the_last_one_hands_over_although_nobody_reads_alone(client, case, organisation, readers):
    goes(readers[0])
    third = safeguarder(organisation, LATER)
    client.force_login(readers[1])
    page = client.get(reverse("safeguarding:case_list")).content.decode()
    assert third.name in page
    assert client.get(reverse("safeguarding:case_detail", args=[case.reference])).status_code == 404
    act = reverse("safeguarding:case_hand_over", args=[case.reference])
    assert client.post(act, {}).status_code == 302
    assert not cases_read_by(third).exists()
    assert client.post(act, {"readers": third.pk}).status_code == 302
    page = client.get(reverse("safeguarding:case_detail", args=[case.reference])).content.decode()
    assert third.name in page


def test_others_hand_nothing_over(client, case, mentee, organisation, readers):
    third = safeguarder(organisation, LATER)
    for user in (third, mentee, UserFactory()):
        client.force_login(user)
        act = reverse("safeguarding:case_hand_over", args=[case.reference])
        assert client.post(act, {"readers": third.pk}).status_code == 404
    client.force_login(readers[0])
    act = reverse("safeguarding:report_readers", args=[case.reference])
    assert client.post(act, {"readers": third.pk}).status_code == 404
    assert not cases_read_by(third).exists()


def test_whoever_wants_to_go_hears_what_they_leave(client, case, mentee, organisation, readers):
    report(mentee, organisation, NOW)
    client.force_login(readers[0])
    row = SafeguardingPerson.objects.get(user=readers[0])
    page = reverse("safeguarding:role", args=[row.pk])
    assert "2 open reports" in client.get(page).content.decode()
    case_hand_over(case=case, to=safeguarder(organisation, LATER), by=readers[0], now=LATER)
    assert cases_left_alone(readers[0], organisation) == 1


def test_a_reader_s_account_that_goes_counts_as_going(case, mentee, readers):
    account_erase(user=readers[0], now=LATER)
    assert told(mentee) == 1
    assert not cases_read_by(readers[1]).exists()


def test_a_reader_who_becomes_the_reporter_s_partner_reads_no_more(
    case, mentee, organisation, readers
):
    third = safeguarder(organisation, NOW)
    other = report(mentee, organisation, NOW)
    tandem = active_tandem(NOW)
    TandemMember.objects.filter(tandem=tandem, role="mentee").update(user=mentee)
    TandemMember.objects.filter(tandem=tandem, role="mentor").update(user=readers[0])
    assert not cases_read_by(readers[0]).exists()
    assert cases_read_by(readers[1]).get() == other  # of the first one, one reader is left
    assert cases_read_by(third).get() == other
    case_readers_now = case_readers(case)
    assert [reader.user for reader in case_readers_now.readers] == [readers[1]]
    assert [reader.user for reader in case_readers_now.others] == [third]


def test_two_are_counted_for_this_reporter(tandem, mentee, mentor, organisation):
    """One of the two is the other half of the tandem: so there is one, and one is too few."""
    alone = safeguarder(organisation, NOW)
    safeguarder(organisation, NOW, mentor)
    assert not addressees_of(mentee)[0].is_staffed
    report(mentee, organisation, NOW)
    assert not cases_read_by(alone).exists()
    assert told(alone, "report_arrived") == 0


def test_what_nobody_can_open_any_more_is_destroyed(case, mentee, organisation, readers):
    account_erase(user=mentee, now=NOW)
    goes(readers[0])
    assert cases_lost_close(now=LATER) == 0  # the last one can still hand it over
    goes(readers[1])
    assert cases_lost_close(now=LATER) == 1
    assert cases_lost_close(now=LATER) == 0
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert not case_shred(case=case, now=LATER + 29 * DAY)
    assert case_shred(case=case, now=LATER + 30 * DAY)
    assert not Case.objects.exists()


def test_nobody_hears_of_changes_to_a_closed_case(case, mentee, readers):
    day = (NOW + 30 * DAY).date()
    case_close(case=case, outcome=Outcome.ADVISED, delete_on=day, by=readers[0], now=NOW)
    goes(readers[0])
    assert told(mentee) == 0


def test_one_mail_an_hour_and_none_is_forgotten(mentee, organisation, readers):
    start = NOW.replace(minute=0)
    for minute in (5, 20, 50):
        report(mentee, organisation, start + timedelta(minutes=minute))
    assert told(readers[0], "report_arrived") == 1
    assert reports_tell(now=start + timedelta(minutes=55)) == 4  # tried, none goes out this hour
    assert told(readers[0], "report_arrived") == 1
    reports_tell(now=start + timedelta(minutes=65))
    assert told(readers[0], "report_arrived") == 2
    assert reports_tell(now=start + timedelta(minutes=185)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_as_many_queries_for_three(
    mentee, organisation, readers, count, django_assert_num_queries
):
    for _ in range(count):
        case = report(mentee, organisation, NOW)
    with django_assert_num_queries(1):
        assert len(cases_read_by(readers[0])) == count
    with django_assert_num_queries(6):
        assert len(case_readers(case).readers) == 2
    goes(readers[1])
    with django_assert_num_queries(1):
        assert len(cases_waiting(readers[0])) == count
