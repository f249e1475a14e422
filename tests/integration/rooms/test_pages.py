"""The pages of goals and tasks, as the two click through them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.goals import action_items_read, goals_read
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def mentee(client, tandem):
    client.force_login(person_of(tandem, "mentee"))
    return client


def url(name, tandem, *more):
    return reverse(f"rooms:{name}", args=[tandem.pk, *more])


def test_an_empty_room_says_how_to_begin(mentee, tandem):
    text = mentee.get(url("goal_list", tandem)).content.decode()
    assert url("goal_new", tandem) in text
    assert 'name="text"' in text


def test_a_goal_is_set_changed_rated_settled_removed_and_brought_back(mentee, tandem):
    data = {"title": "Frei sprechen", "why": "", "level_0": "ohne Zettel"}
    assert mentee.post(url("goal_new", tandem), data).status_code == 302
    goal = Goal.objects.get()
    assert "ohne Zettel" in mentee.get(url("goal_edit", tandem, goal.pk)).content.decode()
    mentee.post(url("goal_edit", tandem, goal.pk), {**data, "title": "Frei reden"})
    mentee.post(url("goal_step", tandem, goal.pk), {"level": "0", "note": "Es ging"})
    page = mentee.get(url("goal_list", tandem)).content.decode()
    assert "Frei reden" in page
    assert "Es ging" in page
    assert 'aria-current="step"' in page
    mentee.post(url("goal_state", tandem, goal.pk), {"state": "reached"})
    assert goals_read(room_for(tandem))[0].state == "reached"
    mentee.post(url("goal_remove", tandem, goal.pk))
    assert goals_read(room_for(tandem)) == []
    mentee.post(url("goal_restore", tandem, goal.pk))
    assert len(goals_read(room_for(tandem))) == 1


def test_a_task_is_noted_ticked_changed_removed_and_brought_back(mentee, tandem):
    mentor = tandem.members.get(role="mentor")
    data = {"text": "Buch leihen", "owner": str(mentor.pk), "due_on": "2026-12-01", "goal": ""}
    assert mentee.post(url("action_item_new", tandem), data).status_code == 302
    item = ActionItem.objects.get()
    assert item.owner == mentor
    mentee.post(url("action_item_done", tandem, item.pk))
    assert action_items_read(room_for(tandem))[0].done_at is not None
    mentee.post(url("action_item_done", tandem, item.pk), {"is_done": "0"})
    assert "Buch leihen" in mentee.get(url("action_item_edit", tandem, item.pk)).content.decode()
    mentee.post(url("action_item_edit", tandem, item.pk), {**data, "text": "Buch lesen"})
    assert action_items_read(room_for(tandem))[0].text == "Buch lesen"
    mentee.post(url("action_item_remove", tandem, item.pk))
    assert action_items_read(room_for(tandem)) == []
    mentee.post(url("action_item_restore", tandem, item.pk))
    assert len(action_items_read(room_for(tandem))) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("goal_new", {}),
        ("goal_new", {"title": "x" * 201}),
        ("goal_new", {"title": "x", "due_on": "31.02.2027"}),
        ("action_item_new", {}),
        ("action_item_new", {"text": "x", "owner": "999999"}),
        ("action_item_new", {"text": "x", "goal": "no-goal"}),
    ],
)
def test_bad_input_changes_nothing_and_says_what_to_do(mentee, tandem, name, data):
    response = mentee.post(url(name, tandem), data)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert Goal.objects.count() + ActionItem.objects.count() == 0


def test_an_ended_room_is_read_only(mentee, tandem):
    goal = goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=NOW)
    type(tandem).objects.update(state="closed", ended_at=NOW, readable_until=date(2099, 1, 1))
    page = mentee.get(url("goal_list", tandem)).content.decode()
    assert "Frei sprechen" in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert mentee.post(url("goal_state", tandem, goal.pk), {"state": "reached"}).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_long(
    mentee, tandem, count, django_assert_num_queries
):
    for number in range(count):
        goal_add(room=room_for(tandem), words=GoalWords(title=str(number)), now=NOW)
        action_item_add(room=room_for(tandem), text=str(number), now=NOW)
    mentee.get(url("goal_list", tandem))
    with django_assert_num_queries(12):
        mentee.get(url("goal_list", tandem))
