"""The agreement: proposed by one, signed by all, replaced only by all."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from tandemwerk.core import events
from tandemwerk.programmes.models import Participation
from tandemwerk.rooms.errors import AgreementReplaced, RoomReadOnly, TooManyAgreements
from tandemwerk.rooms.jobs import agreement_after_leaving
from tandemwerk.rooms.models import Agreement, AgreementSignature
from tandemwerk.rooms.selectors.agreement import agreements_read, programme_text
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.selectors.waiting import waiting_in
from tandemwerk.rooms.services import agreement as services
from tandemwerk.rooms.services.agreement import agreement_propose, agreement_sign
from tandemwerk.tandems.events import MemberJoined, MemberLeft
from tandemwerk.tandems.services.ending import tandem_dissolve
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.signals import grown

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
TEXT = "**Wie oft.** Wir treffen uns {{frequency}}.\n\nOrt: {{place}}"
FILLED = {"frequency": "jede Woche", "place": "Kantine"}
LATER = NOW + timedelta(days=1)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW, agreement_text={"de": TEXT, "en": "We meet {{frequency}}."})


def propose(tandem, role="mentee", now=NOW, **more):
    given = {"text": TEXT, "filled": FILLED, **more}
    return agreement_propose(room=room_for(tandem, role), now=now, **given)


def read(tandem, role="mentee"):
    return agreements_read(room_for(tandem, role))


def url(name, tandem, *more):
    return reverse(f"rooms:{name}", args=[tandem.pk, *more])


def test_it_is_in_force_once_both_have_signed(tandem):
    row = propose(tandem)
    found = read(tandem)
    assert found.in_force is None
    assert not found.proposed.may_sign
    assert [member.role for member in found.proposed.missing] == ["mentor"]
    assert read(tandem, "mentor").proposed.may_sign
    agreement_sign(room=room_for(tandem, "mentor"), agreement=row, now=LATER)
    found = read(tandem)
    assert (found.in_force.in_force_at, found.proposed) == (LATER, None)
    assert [paragraph.text for paragraph in found.in_force.paragraphs] == [
        "Wir treffen uns jede Woche.",
        "Ort: Kantine",
    ]


def test_signing_twice_is_signing_once(tandem):
    row = propose(tandem)
    for _ in range(2):
        agreement_sign(room=room_for(tandem, "mentor"), agreement=row, now=LATER)
    assert AgreementSignature.objects.count() == 2


def test_the_signature_keeps_the_name_of_that_day(tandem):
    propose(tandem)
    person = person_of(tandem, "mentee")
    before = person.name
    person.family_name = "Neu"
    person.save()
    assert [signature.name for signature in read(tandem).proposed.signatures] == [before]


def test_the_signed_version_stays_until_everybody_has_signed_the_next(tandem):
    first = propose(tandem)
    agreement_sign(room=room_for(tandem, "mentor"), agreement=first, now=NOW)
    second = propose(tandem, "mentor", LATER, filled={**FILLED, "frequency": "jeden Monat"})
    found = read(tandem)
    assert (found.in_force.id, found.proposed.id) == (first.pk, second.pk)
    pieces = {(piece.kind.value, piece.text) for line in found.differences for piece in line}
    assert {("gone", "jede Woche."), ("new", "jeden Monat.")} <= pieces
    agreement_sign(room=room_for(tandem), agreement=second, now=LATER)
    found = read(tandem)
    assert (found.in_force.id, found.proposed, found.differences) == (second.pk, None, [])
    assert [version.state.value for version in found.versions] == ["in_force", "earlier"]


def test_a_newer_proposal_replaces_the_open_one(tandem):
    first = propose(tandem)
    propose(tandem, "mentor", LATER)
    with pytest.raises(AgreementReplaced):
        agreement_sign(room=room_for(tandem), agreement=first, now=LATER)
    assert [version.state.value for version in read(tandem).versions] == ["proposed", "replaced"]


def test_an_empty_gap_is_a_dash(tandem):
    propose(tandem, text="Außerdem: {{off_limits}}")
    assert [paragraph.text for paragraph in read(tandem).proposed.paragraphs] == ["Außerdem: —"]


def test_words_for_gaps_that_are_gone_are_not_kept(tandem):
    propose(tandem, text="Wir reden offen.")
    assert read(tandem).proposed.filled == {}


def test_the_same_id_again_makes_no_second_version(tandem):
    own = uuid.uuid4()
    for _ in range(2):
        propose(tandem, pk=own)
    assert Agreement.objects.count() == 1


def test_a_room_has_an_end_of_versions(tandem, monkeypatch):
    monkeypatch.setattr(services, "MOST_VERSIONS", 1)
    propose(tandem)
    with pytest.raises(TooManyAgreements):
        propose(tandem)


def test_when_the_missing_one_has_left_the_group_another_yes_completes_it(tandem):
    row = propose(tandem)
    tandem.members.filter(role="mentor").update(left_at=NOW)
    assert read(tandem).proposed.may_sign
    agreement_sign(room=room_for(tandem), agreement=row, now=LATER)
    assert read(tandem).in_force.id == row.pk


def test_the_programme_s_text_of_the_first_day_is_what_one_begins_with(tandem):
    programme = tandem.cohort.programme
    programme.agreement_text = "Ganz anders"
    programme.save()
    assert programme_text(room_for(tandem)) == TEXT
    type(tandem).objects.update(agreement_text={})
    assert programme_text(room_for(tandem)) == "Ganz anders"


def test_nothing_stands_open_in_the_database(tandem):
    propose(tandem)
    for row in (*Agreement.objects.all(), *AgreementSignature.objects.all()):
        for word in ("Kantine", "treffen", person_of(tandem, "mentee").family_name):
            assert word.encode() not in bytes(row.body)


def test_what_waits_is_said_on_the_tandem_s_page(tandem, client):
    row = propose(tandem)
    assert waiting_in(room_for(tandem)) == []
    assert [item.url for item in waiting_in(room_for(tandem, "mentor"))] == ["rooms:agreement_list"]
    client.force_login(person_of(tandem, "mentor"))
    page = client.get(reverse("tandems:tandem_detail", args=[tandem.pk])).content.decode()
    assert "A version of your agreement waits for your signature." in page
    agreement_sign(room=room_for(tandem, "mentor"), agreement=row, now=NOW)
    assert waiting_in(room_for(tandem, "mentor")) == []


def test_the_two_go_through_the_pages(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    empty = client.get(url("agreement_list", tandem)).content.decode()
    assert url("agreement_new", tandem) in empty
    form = client.get(url("agreement_new", tandem)).content.decode()
    assert 'name="frequency"' in form
    assert client.post(url("agreement_new", tandem), {"text": TEXT, **FILLED}).status_code == 302
    row = Agreement.objects.get()
    client.force_login(person_of(tandem, "mentor"))
    page = client.get(url("agreement_list", tandem)).content.decode()
    assert "Kantine" in page
    assert url("agreement_yes", tandem, row.pk) in page
    client.post(url("agreement_yes", tandem, row.pk))
    assert read(tandem).in_force.id == row.pk
    changed = {"text": TEXT, **FILLED, "place": "Park"}
    client.post(url("agreement_new", tandem), changed)
    page = client.get(url("agreement_list", tandem)).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    newest = Agreement.objects.get(number=2)
    sheet = client.get(url("agreement_version", tandem, newest.pk)).content.decode()
    assert "Park" in sheet
    assert "<ins>" in sheet
    assert client.get(url("agreement_version", tandem, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": TEXT, "frequency": "", "place": "hier"},
        {"text": "Wir {{tippfehler}}"},
        {"text": "x" * 12_001},
        {"text": "{{ending}}"},
        {"text": TEXT, **FILLED, "frequency": "x" * 601},
    ],
)
def test_bad_input_changes_nothing_and_says_what_to_do(client, tandem, data):
    client.force_login(person_of(tandem, "mentee"))
    answer = client.post(url("agreement_new", tandem), data)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert Agreement.objects.count() == 0


def test_an_ended_room_is_read_only(client, tandem):
    row = propose(tandem)
    type(tandem).objects.update(state="closed", ended_at=NOW, readable_until=date(2099, 1, 1))
    client.force_login(person_of(tandem, "mentor"))
    for address in (url("agreement_list", tandem), url("agreement_version", tandem, row.pk)):
        page = client.get(address).content.decode()
        assert "Kantine" in page
        assert 'name="client_id"' not in page.partition("<main")[2].partition("</main>")[0]
    assert client.post(url("agreement_yes", tandem, row.pk)).status_code == 409
    with pytest.raises(RoomReadOnly):
        propose(tandem)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_two_queries_however_many_versions(tandem, count, django_assert_num_queries):
    for number in range(count):
        propose(tandem, now=NOW + timedelta(hours=number))
    room = room_for(tandem)
    with django_assert_num_queries(2):
        assert len(agreements_read(room).versions) == count


@pytest.fixture
def coordinator(tandem):
    Participation.objects.update(seats_taken=1)
    return CoordinatorFactory(programme=tandem.cohort.programme).user


def in_force(tandem):
    row = propose(tandem)
    return agreement_sign(room=room_for(tandem, "mentor"), agreement=row, now=LATER)


def test_whoever_joins_signs_the_agreement_in_force_too(tandem, coordinator, client):
    row = in_force(tandem)
    new = grown(tandem, "mentee", coordinator, LATER)
    theirs = room_or_404(new.user, tandem.pk)
    found = agreements_read(theirs)
    assert found.in_force.may_sign
    assert (found.in_force.missing, found.in_force.is_complete) == ([new], False)
    assert [item.url for item in waiting_in(theirs)] == ["rooms:agreement_list"]
    assert not read(tandem, "mentor").in_force.may_sign, "they have"
    client.force_login(new.user)
    page = client.get(url("agreement_list", tandem)).content.decode()
    assert "Somebody has joined since" in page
    client.post(url("agreement_yes", tandem, row.pk))
    found = agreements_read(room_or_404(new.user, tandem.pk))
    assert (found.in_force.is_complete, found.in_force.may_sign) == (True, False)
    assert found.in_force.in_force_at == LATER, "it was in force all the time"
    assert waiting_in(room_or_404(new.user, tandem.pk)) == []


def test_who_has_left_does_not_count_and_is_not_waited_for(
    tandem, coordinator, django_capture_on_commit_callbacks
):
    gone = grown(tandem, "mentor", coordinator, NOW)
    row = propose(tandem)
    mentor = tandem.members.exclude(pk=gone.pk).get(role="mentor")
    agreement_sign(room=room_or_404(mentor.user, tandem.pk), agreement=row, now=LATER)
    assert not services.agreement_settle(tandem=tandem, now=LATER)
    told = []
    for kind in (MemberLeft, MemberJoined):
        events.subscribe(kind)(told.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            tandem_dissolve(tandem=tandem, by=gone.user, now=LATER)
    finally:
        for kind in (MemberLeft, MemberJoined):
            events._handlers[kind].remove(told.append)
    assert told == [MemberLeft(tandem_pk=tandem.pk, member_pk=gone.pk)]
    agreement_after_leaving.call(tandem_pk=tandem.pk)
    found = read(tandem)
    assert found.in_force is not None
    assert found.in_force.is_complete
    assert not services.agreement_settle(tandem=tandem, now=LATER)


def test_the_signature_of_who_has_left_stays_to_be_read(tandem, coordinator):
    gone = grown(tandem, "mentor", coordinator, NOW)
    row = propose(tandem)
    agreement_sign(room=room_or_404(gone.user, tandem.pk), agreement=row, now=LATER)
    tandem_dissolve(tandem=tandem, by=gone.user, now=LATER)
    proposed = read(tandem).proposed
    assert {said.member_id: said.counts for said in proposed.signatures} == {
        gone.pk: False,
        tandem.members.get(role="mentee").pk: True,
    }
    assert [member.pk for member in proposed.missing] == [
        tandem.members.get(role="mentor", left_at=None).pk
    ]


def test_settling_takes_few_queries(tandem, django_assert_max_num_queries):
    propose(tandem)
    with django_assert_max_num_queries(5):
        services.agreement_settle(tandem=tandem, now=LATER)


def test_joining_is_told_after_commit(tandem, coordinator, django_capture_on_commit_callbacks):
    told = []
    events.subscribe(MemberJoined)(told.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            new = grown(tandem, "mentee", coordinator, NOW)
    finally:
        events._handlers[MemberJoined].remove(told.append)
    assert told == [MemberJoined(tandem_pk=tandem.pk, member_pk=new.pk)]
