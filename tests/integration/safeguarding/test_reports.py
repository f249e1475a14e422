"""What is reported, who reads it, and that nothing else leaves the room."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.crypto import SealBroken
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.export import export_data
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.rooms.models import RoomFile, RoomKey
from tandemwerk.rooms.selectors import disclosable
from tandemwerk.rooms.selectors.disclosable import Attachment, Kind, Words
from tandemwerk.safeguarding.enums import CaseState, Outcome
from tandemwerk.safeguarding.errors import (
    CaseClosed,
    CaseNotClosed,
    DeletionDateInvalid,
    ReportEmpty,
    ReportIdTaken,
    ReportTooLong,
)
from tandemwerk.safeguarding.jobs import shred_due
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote
from tandemwerk.safeguarding.selectors.cases import (
    OpenCase,
    case_lines,
    case_opened,
    cases_read_by,
    items_read,
    reports_of,
)
from tandemwerk.safeguarding.selectors.people import addressees_of
from tandemwerk.safeguarding.selectors.report import desk_of
from tandemwerk.safeguarding.services import cases, reports
from tandemwerk.safeguarding.services.readers import report_readers_add
from tandemwerk.tandems.models import TandemMember
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, OrganisationFactory, OwnerFactory
from tests.factories.rooms import active_tandem
from tests.factories.safeguarding import case_with_file, chosen, report, safeguarder
from tests.integration.safeguarding.conftest import NOW

LATER = NOW + timedelta(days=1)


def test_exactly_what_was_chosen_is_copied(mentee, organisation, readers):
    case = report(mentee, organisation, NOW, words="Ich habe Angst", rows=chosen(mentee, "task"))
    read = cases.case_view(case=case, by=readers[0], now=LATER)
    assert [(item.kind, item.title, item.text) for item in read.items] == [
        ("words", "", "Ich habe Angst"),
        ("task", "Komm abends allein vorbei", ""),
    ]
    assert read.items[0].by == mentee.name
    assert read.items[1].on == NOW


def test_rows_alone_are_enough_and_nothing_at_all_is_not(mentee, organisation):
    case = report(mentee, organisation, NOW, words=" ", rows=chosen(mentee, "goal"))
    [item] = items_read(case_opened(case))
    assert (item.title, item.text) == ("Frei sprechen", "Mut")
    with pytest.raises(ReportEmpty):
        report(mentee, organisation, NOW, words="  ")


def test_a_report_has_limits(mentee, organisation, monkeypatch):
    monkeypatch.setattr(reports, "LONGEST_WORDS", 3)
    with pytest.raises(ReportTooLong, match="3 Zeichen"):
        report(mentee, organisation, NOW, words="abcd")
    monkeypatch.setattr(reports, "MOST_ROWS", 0)
    with pytest.raises(ReportTooLong):
        report(mentee, organisation, NOW, words="abc", rows=chosen(mentee, "goal"))


def test_the_same_id_makes_no_second_report_and_is_nobody_elses(mentee, mentor, organisation):
    own = uuid.uuid4()
    first = report(mentee, organisation, NOW, reference=own)
    assert report(mentee, organisation, NOW, reference=own).pk == first.pk
    assert Case.objects.count() == 1
    with pytest.raises(ReportIdTaken):
        report(mentor, organisation, NOW, reference=own)


def test_two_people_read_and_nobody_else(tandem, mentee, mentor, organisation, readers):
    case = report(mentee, organisation, NOW)
    coordinator = CoordinatorFactory(programme=tandem.cohort.programme).user
    owner = OwnerFactory(organisation=organisation).user
    operator = UserFactory(is_operator=True)
    elsewhere = [safeguarder(OrganisationFactory(), NOW) for _ in range(2)]
    for user in (mentee, mentor, coordinator, owner, operator, UserFactory(), *elsewhere):
        assert not cases_read_by(user).exists()
    for user in readers:
        assert list(cases_read_by(user)) == [case]
    assert list(reports_of(mentee)) == [case]
    assert not reports_of(mentor).exists()


def test_one_person_alone_reads_nothing(mentee, organisation):
    alone = safeguarder(organisation, NOW)
    case = report(mentee, organisation, NOW)
    assert not addressees_of(mentee)[0].is_staffed
    assert not cases_read_by(alone).exists()
    second = safeguarder(organisation, LATER)
    assert addressees_of(mentee)[0].is_staffed
    assert not cases_read_by(alone).exists()  # the reporter did not see the second one's name
    report_readers_add(case=case, users=[second], now=LATER)
    assert cases_read_by(alone).get() == cases_read_by(second).get() == case


def test_whoever_is_in_the_tandem_never_reads_it_even_as_safeguarding_person(
    tandem, mentee, mentor, organisation, readers
):
    safeguarder(organisation, NOW, mentor)
    safeguarder(organisation, NOW, mentee)
    case = report(mentee, organisation, NOW)
    shown = {reader.user for reader in addressees_of(mentee)[0].readers}
    assert shown == set(readers)
    TandemMember.objects.filter(user=mentor).delete()  # also when the tandem is forgotten
    for user in (mentor, mentee):
        assert case not in cases_read_by(user)
        assert not OutboxMail.objects.filter(user=user).exists()


def test_mails_go_to_the_readers_without_a_word(mentee, mentor, organisation, readers):
    report(mentee, organisation, NOW, words="Kanarienvogel", rows=chosen(mentee, "task"))
    mails = list(OutboxMail.objects.all())
    assert {mail.user for mail in mails} == set(readers)
    for mail in mails:
        assert "/cases/" in mail.text
        for secret in ("Kanarienvogel", "abends", mentee.name, mentee.email, mentor.name):
            assert secret not in mail.subject + mail.text + mail.html


def test_nothing_of_it_stands_in_the_clear(mentee, organisation, readers):
    case = report(mentee, organisation, NOW, words="Kanarienvogel", rows=chosen(mentee, "task"))
    cases.case_note_add(case=case, text="Nachtigall", by=readers[0], now=NOW)
    case_with_file(case, b"Goldammer")
    kinds = (CaseItem, CaseNote, CaseKey, Case, AuditEntry, OutboxMail)
    everything = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for model in kinds
        for row in model.objects.values_list()
        for value in row
    )
    for secret in (b"Kanarienvogel", b"abends", b"Nachtigall", b"Goldammer"):
        assert secret not in everything


def test_the_log_does_not_say_who_reported(mentee, organisation, readers):
    report(mentee, organisation, NOW)
    entry = AuditEntry.objects.get(action="case.create")
    assert (entry.actor_id, entry.programme_id, entry.details) == (None, None, {})


def test_every_view_is_written_down_and_the_reporter_sees_the_first(mentee, organisation, readers):
    case = report(mentee, organisation, NOW)
    cases.case_view(case=case, by=readers[0], now=LATER)
    read = cases.case_view(case=case, by=readers[1], now=LATER + timedelta(hours=1))
    assert [view.by for view in read.views] == [readers[1].name, readers[0].name]
    assert reports_of(mentee).get().opened_at == LATER
    seen = AuditEntry.objects.filter(action="case.view").order_by("pk")
    assert [entry.actor_id for entry in seen] == [user.pk for user in readers]


def test_a_file_is_copied_sealed_and_its_opening_written_down(
    mentee, organisation, readers, monkeypatch
):
    letter = Attachment("brief.pdf", "application/pdf", lambda: b"%PDF-1.7 Goldammer")
    words = Words(uuid.uuid4(), "Brief", [], "Mia", NOW, letter)
    kind = Kind("File", lambda _room: [words], of=(RoomFile,))
    monkeypatch.setitem(disclosable._kinds, "file", kind)
    case = report(mentee, organisation, NOW, words="", rows=chosen(mentee, "file"))
    item = CaseItem.objects.get()
    assert b"Goldammer" not in item.data
    data, kind = cases.case_file(case=case, item=item, by=readers[0], now=NOW)
    assert (data, kind) == (letter.read(), "application/pdf")
    assert case.views.count() == 1


def test_words_open_at_their_own_place_only(mentee, organisation):
    case, other = report(mentee, organisation, NOW), report(mentee, organisation, NOW)
    item = CaseItem.objects.get(case=case)
    with pytest.raises(SealBroken):
        case_opened(other).open(item)
    item.case = other
    with pytest.raises(SealBroken):
        OpenCase(other, case_opened(case).keys).open(item)
    key = CaseKey.objects.get(case=other)
    key.wrapped = CaseKey.objects.get(case=case).wrapped
    with pytest.raises(SealBroken):
        _ = key.key


def test_a_case_goes_its_way(mentee, organisation, readers):
    reader = readers[0]
    case = report(mentee, organisation, NOW)
    for _ in range(2):
        cases.case_begin(case=case, by=reader, now=NOW)
    cases.case_note_add(case=case, text="Angerufen", by=reader, now=NOW)
    day = date(2027, 11, 4)
    cases.case_close(case=case, outcome=Outcome.AGREED, delete_on=day, by=reader, now=NOW)
    read = cases.case_view(case=Case.objects.get(), by=reader, now=LATER)
    assert (read.state, read.outcome) == (CaseState.CLOSED, str(Outcome.AGREED.label))
    assert [(note.text, note.by) for note in read.notes] == [("Angerufen", reader.name)]
    with pytest.raises(CaseClosed):
        cases.case_note_add(case=case, text="Noch etwas", by=reader, now=NOW)
    with pytest.raises(CaseClosed):
        cases.case_begin(case=case, by=reader, now=NOW)
    with pytest.raises(CaseClosed):
        cases.case_close(case=case, outcome=Outcome.AGREED, delete_on=day, by=reader, now=NOW)
    cases.case_reopen(case=case, by=reader, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.delete_on, case.outcome) == (CaseState.IN_WORK, None, "")
    with pytest.raises(CaseNotClosed):
        cases.case_reopen(case=case, by=reader, now=NOW)


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_the_day_of_deletion_lies_ahead(mentee, organisation, readers, days):
    case = report(mentee, organisation, NOW)
    with pytest.raises(DeletionDateInvalid):
        cases.case_close(
            case=case,
            outcome=Outcome.ADVISED,
            delete_on=NOW.date() + timedelta(days=days),
            by=readers[0],
            now=NOW,
        )


def test_the_database_keeps_state_and_dates_together(mentee, organisation):
    report(mentee, organisation, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state=CaseState.CLOSED)


def test_on_its_day_a_case_is_destroyed_with_its_key(mentee, organisation, readers):
    open_case = report(mentee, organisation, NOW)
    case = report(mentee, organisation, NOW)
    day = NOW.date() + timedelta(days=30)
    cases.case_close(case=case, outcome=Outcome.ADVISED, delete_on=day, by=readers[0], now=NOW)
    assert shred_due(NOW + timedelta(days=29)) == 0
    assert shred_due(NOW + timedelta(days=30)) == 1
    assert shred_due(NOW + timedelta(days=30)) == 0
    assert list(Case.objects.all()) == [open_case]
    assert CaseKey.objects.get().case == open_case
    assert not cases.case_shred(case=open_case, now=NOW + timedelta(days=9999))
    assert AuditEntry.objects.filter(action="case.shred").count() == 1


def test_one_case_that_fails_does_not_stop_the_others(mentee, organisation, readers, monkeypatch):
    for _ in range(2):
        case = report(mentee, organisation, NOW)
        day = NOW.date() + timedelta(days=1)
        cases.case_close(case=case, outcome=Outcome.ADVISED, delete_on=day, by=readers[0], now=NOW)
    first, real = case.pk, cases.case_shred

    def shred(*, case, now):
        if case.pk == first:
            raise RuntimeError
        return real(case=case, now=now)

    monkeypatch.setattr("tandemwerk.safeguarding.jobs.case_shred", shred)
    assert shred_due(NOW + timedelta(days=2)) == 1


def test_a_person_takes_their_reports_along_and_leaves_them_nameless(mentee, organisation, readers):
    case = report(mentee, organisation, NOW, words="Kanarienvogel")
    [taken] = export_data(mentee)["reports"]["reports"]
    assert taken["parts"][0]["text"] == "Kanarienvogel"
    assert export_data(readers[0])["reports"]["reads_reports_of"] == [organisation.name]
    account_erase(user=mentee, now=NOW)
    case.refresh_from_db()
    assert case.reporter is None
    assert items_read(case_opened(case))[0].text == "Kanarienvogel"
    assert list(cases_read_by(readers[0])) == [case]


def test_reporting_works_although_the_room_does_not_open(mentee, organisation):
    RoomKey.objects.update(wrapped=b"broken")
    desk = desk_of(mentee)
    assert (desk.rooms, desk.is_incomplete) == ((), True)
    assert desk.addressees[0].organisation == organisation


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_list(
    mentee, organisation, readers, count, django_assert_num_queries
):
    for _ in range(count):
        case = report(mentee, organisation, NOW, rows=chosen(mentee, "task"))
    with django_assert_num_queries(1):
        assert len(case_lines(readers[0])) == count
    opened = case_opened(case)
    with django_assert_num_queries(1):
        assert len(items_read(opened)) == 2


def test_the_desk_takes_as_many_queries_for_three_rows(mentee, tandem, django_assert_num_queries):
    with django_assert_num_queries(24):
        assert len(desk_of(mentee).rooms[0].rows) == 2


def test_rooms_of_several_organisations_are_kept_apart(mentee, organisation):
    other = active_tandem(NOW)
    TandemMember.objects.filter(tandem=other, role="mentee").update(user=mentee)
    desk = desk_of(mentee)
    row = desk.rooms[0].rows[0]
    assert desk.chosen([row.key], organisation.pk) == [row]
    assert desk.chosen([row.key], other.cohort.programme.organisation_id) == []
