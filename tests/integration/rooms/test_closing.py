"""The closing page: last words, what was reached, who has confirmed, and what stays readable."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tandemwerk.programmes.models import Cohort
from tandemwerk.rooms.errors import RoomReadOnly
from tandemwerk.rooms.models import ClosingWords
from tandemwerk.rooms.selectors.closing import closing_read
from tandemwerk.rooms.selectors.waiting import waiting_in
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.closing import closing_begin, closing_confirm
from tandemwerk.tandems.services.ending import tandem_dissolve
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    tandem = active_tandem(NOW)
    for member in tandem.members.all():
        type(member.participation).objects.filter(pk=member.participation_id).update(seats_taken=1)
    return tandem


@pytest.fixture
def closing(tandem):
    closing_begin(tandem=tandem, by=person_of(tandem, "mentee"), now=NOW)
    return tandem


def words(tandem, role, thanks="", stays=""):
    return closing_words(room=room_for(tandem, role), thanks=thanks, stays=stays, now=NOW)


def confirm(tandem, *roles):
    for role in roles:
        closing_confirm(tandem=tandem, by=person_of(tandem, role), now=NOW)


def url(name, tandem):
    return reverse(f"rooms:{name}", args=[tandem.pk])


def main_of(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_thanks_are_shown_when_the_tandem_is_closed_and_not_before(closing):
    words(closing, "mentee", "Danke für alles", "Mut")
    words(closing, "mentee", "Danke für deine Zeit", "Mut")
    confirm(closing, "mentee")
    before = closing_read(room_for(closing, "mentor"))
    assert (before.received, before.is_open, before.has_confirmed) == ([], True, False)
    confirm(closing, "mentor")
    after = closing_read(room_for(closing, "mentor"))
    assert [said.text for said in after.received] == ["Danke für deine Zeit"]
    assert (after.thanks, after.stays) == ("", "")
    mine = closing_read(room_for(closing))
    assert (mine.thanks, mine.stays, mine.received) == ("Danke für deine Zeit", "Mut", [])
    assert ClosingWords.objects.count() == 1


def test_what_stays_is_for_the_writer_alone(closing, client):
    words(closing, "mentee", "Danke", "Kanarienvogel")
    confirm(closing, "mentee", "mentor")
    client.force_login(person_of(closing, "mentor"))
    page = main_of(client.get(url("closing_detail", closing)))
    assert "Danke" in page
    assert "Kanarienvogel" not in page
    assert b"Kanarienvogel" not in bytes(ClosingWords.objects.get().body)


def test_thanks_for_a_planned_end_are_not_shown_after_an_early_one(closing):
    words(closing, "mentee", "Danke")
    tandem_dissolve(tandem=closing, by=person_of(closing, "mentor"), now=NOW)
    read = closing_read(room_for(closing, "mentor"))
    assert (read.received, read.is_early, read.has_certificate) == ([], True, False)
    assert read.readable_until is not None


def test_the_two_go_through_the_page(client, tandem):
    goal = goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=NOW)
    goal_rate(room=room_for(tandem), goal=goal, level=1, now=NOW)
    client.force_login(person_of(tandem, "mentee"))
    page = main_of(client.get(url("closing_detail", tandem)))
    assert url("closing_begin", tandem) in page
    assert "Frei sprechen" in page
    assert client.post(url("closing_begin", tandem)).status_code == 302
    page = main_of(client.get(url("closing_detail", tandem)))
    assert 'name="thanks"' in page
    assert reverse("tandems:tandem_certificate", args=[tandem.pk]) in page
    client.post(url("closing_detail", tandem), {"thanks": "Danke", "stays": ""})
    client.post(url("closing_confirm", tandem))
    assert closing_read(room_for(tandem)).has_confirmed
    assert [item.url for item in waiting_in(room_for(tandem, "mentor"))] == ["rooms:closing_detail"]
    assert waiting_in(room_for(tandem)) == []
    client.force_login(person_of(tandem, "mentor"))
    client.post(url("closing_confirm", tandem))
    page = main_of(client.get(url("closing_detail", tandem)))
    assert "Danke" in page
    assert "+1" in page
    assert 'name="client_id"' not in page
    overview = main_of(client.get(reverse("tandems:tandem_detail", args=[tandem.pk])))
    assert url("closing_detail", tandem) in overview


def test_a_closing_is_taken_back_where_it_was_begun(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    page = client.post(url("closing_begin", tandem), follow=True).content.decode()
    assert page.count(url("closing_take_back", tandem)) == 3, "undo at once, and later on the page"
    words(tandem, "mentee", "Danke", "Mut")
    client.force_login(person_of(tandem, "mentor"))
    assert client.post(url("closing_take_back", tandem)).status_code == 302
    page = main_of(client.get(url("closing_detail", tandem)))
    assert url("closing_begin", tandem) in page
    assert closing_read(room_for(tandem)).thanks == "Danke", "kept for later"
    assert client.post(url("closing_take_back", tandem)).status_code == 409


def test_past_the_planned_end_the_page_says_when_it_closes_by_itself(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    text = "The time planned for your tandem is over"
    assert text not in main_of(client.get(url("closing_detail", tandem)))
    Tandem.objects.update(journey={})
    Cohort.objects.update(
        starts_on=date(2024, 1, 1),
        midpoint_on=date(2024, 3, 1),
        registration_ends_on=date(2024, 1, 1),
        ends_on=date(2024, 6, 1),
    )
    assert text in main_of(client.get(url("closing_detail", tandem)))


def test_acts_out_of_time_are_refused(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    assert client.post(url("closing_confirm", tandem)).status_code == 409
    client.post(url("closing_begin", tandem))
    assert client.post(url("closing_begin", tandem)).status_code == 409


def test_too_many_words_are_refused_at_the_field(client, closing):
    client.force_login(person_of(closing, "mentee"))
    answer = client.post(url("closing_detail", closing), {"thanks": "x" * 4001})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_a_closed_room_takes_no_more_words(closing):
    confirm(closing, "mentee", "mentor")
    with pytest.raises(RoomReadOnly):
        words(closing, "mentee", "Noch etwas")


def test_an_early_end_has_the_same_page_to_read(client, tandem):
    goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=NOW)
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=NOW)
    client.force_login(person_of(tandem, "mentee"))
    page = main_of(client.get(url("closing_detail", tandem)))
    assert "Frei sprechen" in page
    assert "certificate" not in page


def test_a_shredded_room_is_gone(client, closing):
    confirm(closing, "mentee", "mentor")
    type(closing).objects.update(shredded_at=NOW, readable_until=date(2027, 1, 1))
    client.force_login(person_of(closing, "mentee"))
    assert client.get(url("closing_detail", closing)).status_code == 404
    overview = client.get(reverse("tandems:tandem_detail", args=[closing.pk]))
    assert url("closing_detail", closing) not in main_of(overview)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_three_queries_however_many_goals(closing, count, django_assert_num_queries):
    for number in range(count):
        goal_add(room=room_for(closing), words=GoalWords(title=str(number)), now=NOW)
    room = room_for(closing)
    with django_assert_num_queries(3):
        assert len(closing_read(room).goals) == count
