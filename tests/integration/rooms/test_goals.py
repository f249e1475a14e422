from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tandemwerk.rooms.enums import GoalState
from tandemwerk.rooms.errors import RoomRowGone, TooManyActionItems, TooManyGoals
from tandemwerk.rooms.models import ActionItem, Goal
from tandemwerk.rooms.selectors.goals import action_items_read, goals_read
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services import action_items, goals
from tandemwerk.rooms.services.action_items import (
    action_item_add,
    action_item_change,
    action_item_tick,
)
from tandemwerk.rooms.services.goals import (
    GoalWords,
    goal_add,
    goal_change,
    goal_rate,
    goal_settle,
)
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tests.factories.rooms import active_tandem, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def room(tandem):
    action_item_add(room=room_for(tandem), text="Anfang", now=NOW)
    return room_for(tandem)


def test_a_goal_goes_its_way(room):
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW, due_on=date(2027, 1, 1))
    goal_change(room=room, goal=goal, words=GoalWords(title="B", levels={"1": "viel"}), now=NOW)
    goal_rate(room=room, goal=goal, level=-1, note="Mut", now=NOW)
    goal_rate(room=room, goal=goal, level=1, now=NOW + timedelta(days=1))
    [read] = goals_read(room)
    assert (read.title, read.due_on, read.level) == ("B", None, 1)
    assert [(step.level, step.note) for step in read.steps] == [(-1, "Mut"), (1, "")]
    assert [(rung.sign, rung.text, rung.is_now) for rung in read.scale] == [("+1", "viel", True)]
    goal_settle(room=room, goal=goal, state=GoalState.REACHED, now=NOW)
    assert goals_read(room)[0].state == GoalState.REACHED


@pytest.mark.parametrize("level", [-3, 3])
def test_levels_beyond_the_scale_are_refused_by_code_and_database(room, level):
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    with pytest.raises(ValueError, match=str(level)):
        goal_rate(room=room, goal=goal, level=level, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.update(level=level)


def test_a_removed_goal_cannot_be_changed(room):
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    row_remove(room=room, row=goal, now=NOW)
    with pytest.raises(RoomRowGone):
        goal_change(room=room, goal=goal, words=GoalWords(title="B"), now=NOW)


def test_open_goals_come_first(room):
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    goal_add(room=room, words=GoalWords(title="B"), now=NOW + timedelta(hours=1))
    goal_settle(room=room, goal=goal, state=GoalState.SET_ASIDE, now=NOW)
    assert [read.title for read in goals_read(room)] == ["B", "A"]


def test_a_room_has_an_end_of_goals_and_tasks(room, monkeypatch):
    monkeypatch.setattr(goals, "MOST_GOALS", 1)
    monkeypatch.setattr(action_items, "MOST_OPEN", 1)
    goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    with pytest.raises(TooManyGoals):
        goal_add(room=room, words=GoalWords(title="B"), now=NOW)
    with pytest.raises(TooManyActionItems):
        action_item_add(room=room, text="B", now=NOW)


def test_a_task_goes_its_way(tandem, room):
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    mentor = next(m for m in room.members if m.role == "mentor")
    item = action_item_add(room=room, text="B", now=NOW, owner=mentor, goal=goal)
    read = next(row for row in action_items_read(room) if row.id == item.pk)
    assert (read.text, read.owner, read.goal_id, read.is_mine) == ("B", mentor, goal.pk, False)
    due_on = date(2026, 12, 1)
    action_item_change(room=room, item=item, text="C", now=NOW, due_on=due_on)
    assert action_items_read(room)[0].text == "C"  # due first
    for _ in range(2):
        action_item_tick(room=room, item=item, is_done=True, now=NOW)
    assert action_items_read(room)[-1].done_at == NOW
    action_item_tick(room=room, item=item, is_done=False, now=NOW)
    assert action_items_read(room)[0].done_at is None


def test_people_and_goals_of_other_rooms_are_nobody(room):
    other = room_for(active_tandem(NOW))
    foreign = goal_add(room=other, words=GoalWords(title="Fremd"), now=NOW)
    item = action_item_add(room=room, text="B", now=NOW, owner=other.me, goal=foreign)
    assert (item.owner, item.goal) == (None, None)


def test_a_day_without_names_remembers_the_last_writing(tandem, room):
    tandem.refresh_from_db()
    assert tandem.touched_on == NOW.date()
    action_item_add(room=room, text="B", now=NOW + timedelta(days=3))
    tandem.refresh_from_db()
    assert tandem.touched_on == NOW.date() + timedelta(days=3)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_two_queries_however_long(tandem, room, count, django_assert_num_queries):
    for number in range(count):
        goal = goal_add(room=room, words=GoalWords(title=str(number)), now=NOW)
        goal_rate(room=room, goal=goal, level=0, now=NOW)
        action_item_add(room=room, text=str(number), now=NOW)
    with django_assert_num_queries(2):
        assert len(goals_read(room)) == count
    with django_assert_num_queries(2):
        assert len(action_items_read(room)) == count + 1


def test_opening_a_room_takes_three_queries(tandem, room, django_assert_num_queries):
    user = room.me.user
    with django_assert_num_queries(3):
        room_or_404(user, tandem.pk)


def test_removing_making_and_bringing_back_does_not_get_around_the_limits(room, monkeypatch):
    monkeypatch.setattr(goals, "MOST_GOALS", 1)
    monkeypatch.setattr(action_items, "MOST_OPEN", 1)
    goal = goal_add(room=room, words=GoalWords(title="A"), now=NOW)
    item = ActionItem.objects.get()
    for row in (goal, item):
        row_remove(room=room, row=row, now=NOW)
    goal_add(room=room, words=GoalWords(title="B"), now=NOW)
    other = action_item_add(room=room, text="Zwei", now=NOW)
    with pytest.raises(TooManyGoals):
        row_restore(room=room, model=Goal, pk=goal.pk, now=NOW)
    with pytest.raises(TooManyActionItems):
        row_restore(room=room, model=ActionItem, pk=item.pk, now=NOW)
    action_item_tick(room=room, item=other, is_done=True, now=NOW)
    for _ in range(2):
        row_restore(room=room, model=ActionItem, pk=item.pk, now=NOW)
    with pytest.raises(TooManyActionItems):
        action_item_tick(room=room, item=other, is_done=False, now=NOW)
    assert {each.text for each in action_items_read(room) if each.done_at is None} == {"Anfang"}
    with pytest.raises(RoomRowGone):
        row_restore(room=room, model=Goal, pk=uuid4(), now=NOW)
