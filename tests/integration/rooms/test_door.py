"""Who gets a room at all, and that its words open nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from tandemwerk.core.crypto import SealBroken
from tandemwerk.rooms.errors import RoomReadOnly, RoomRowGone, RoomRowTaken
from tandemwerk.rooms.models import ActionItem, Goal, RoomKey
from tandemwerk.rooms.selectors.goals import action_items_read, goals_read
from tandemwerk.rooms.selectors.room import room_of, room_or_404, rooms_visible_to
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.shredding import rooms_over
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.ending import tandem_dissolve
from tests.factories.people import UserFactory
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
WORDS = GoalWords(title="Frei sprechen", why="Weil es zählt", levels={"0": "ohne Zettel"})


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


def test_both_members_read_the_same(tandem):
    goal_add(room=room_for(tandem, "mentee"), words=WORDS, now=NOW)
    for role in ("mentee", "mentor"):
        [goal] = goals_read(room_for(tandem, role))
        assert (goal.title, goal.why, goal.levels) == (WORDS.title, WORDS.why, {0: "ohne Zettel"})


@pytest.mark.parametrize("state", ["proposed", "chemistry", "declined"])
def test_there_is_no_room_before_the_tandem_begins(tandem, state):
    user = person_of(tandem, "mentee")
    times = {"ended_at": NOW} if state == "declined" else {}
    Tandem.objects.filter(pk=tandem.pk).update(state=state, **times)
    with pytest.raises(Http404):
        room_or_404(user, tandem.pk)


def test_strangers_and_people_who_left_get_none(tandem):
    with pytest.raises(Http404):
        room_or_404(UserFactory(), tandem.pk)
    with pytest.raises(TandemMember.DoesNotExist):
        room_of(tandem, UserFactory())
    user = person_of(tandem, "mentor")
    tandem.members.filter(user=user).update(left_at=NOW)
    with pytest.raises(Http404):
        room_or_404(user, tandem.pk)
    assert len(room_for(tandem, "mentee").members) == 1


def test_who_has_left_writes_nothing_more_even_on_a_page_opened_before(tandem):
    room = room_for(tandem, "mentor")
    tandem.members.filter(user=room.me.user).update(left_at=NOW)
    with pytest.raises(RoomReadOnly):
        goal_add(room=room, words=WORDS, now=NOW)
    goal_add(room=room_for(tandem, "mentee"), words=WORDS, now=NOW)
    assert Goal.objects.count() == 1


@pytest.mark.parametrize("time", ["00:30", "12:00", "23:59"])
@pytest.mark.parametrize(("day", "is_open"), [(9, True), (10, True), (11, False)])
def test_the_door_closes_at_the_end_of_the_day_after_which_the_room_is_shredded(
    tandem, time, day, is_open
):
    """By the installation's own time, whatever day it is in Greenwich."""
    Tandem.objects.filter(pk=tandem.pk).update(
        state="closed", ended_at=NOW, readable_until="2027-07-10"
    )
    now = datetime.fromisoformat(f"2027-07-{day:02d}T{time}:00+02:00").astimezone(UTC)
    seen = rooms_visible_to(person_of(tandem, "mentee"), now).filter(pk=tandem.pk)
    assert seen.exists() == is_open
    assert rooms_over(now).filter(pk=tandem.pk).exists() == (not is_open)


def test_after_the_end_it_can_be_read_until_a_day_but_not_written(tandem):
    goal_add(room=room_for(tandem), words=WORDS, now=NOW)
    before = room_for(tandem)
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=NOW)
    room = room_for(tandem)
    assert [goal.title for goal in goals_read(room)] == [WORDS.title]
    assert room.tandem.readable_until == NOW.date() + timedelta(days=90)
    for late in (room, before):
        with pytest.raises(RoomReadOnly):
            goal_add(room=late, words=WORDS, now=NOW)
    assert Goal.objects.count() == 1


def test_a_shredded_room_is_gone(tandem):
    goal_add(room=room_for(tandem), words=WORDS, now=NOW)
    Tandem.objects.filter(pk=tandem.pk).update(shredded_at=NOW)
    with pytest.raises(Http404):
        room_for(tandem)


def test_words_open_only_where_they_were_written(tandem):
    room = room_for(tandem)
    goal_add(room=room, words=WORDS, now=NOW)
    room = room_for(tandem)
    goal = goal_add(room=room, words=GoalWords(title="Anderes"), now=NOW)
    other = Goal.objects.exclude(pk=goal.pk).get()
    Goal.objects.filter(pk=goal.pk).update(body=other.body)
    goal.refresh_from_db()
    with pytest.raises(SealBroken):
        room.open(goal)


def test_words_do_not_open_in_another_room(tandem):
    goal_add(room=room_for(tandem), words=WORDS, now=NOW)
    other = active_tandem(NOW)
    goal_add(room=room_for(other), words=WORDS, now=NOW)
    [goal] = Goal.objects.filter(tandem=tandem)
    with pytest.raises(SealBroken):
        room_for(other).open(goal)
    Goal.objects.filter(pk=goal.pk).update(tandem=other)
    goal.refresh_from_db()
    with pytest.raises(SealBroken):
        room_for(other).open(goal)


def test_every_room_has_a_key_of_its_own_that_never_reaches_the_database_open(tandem):
    other = active_tandem(NOW)
    for each in (tandem, other):
        goal_add(room=room_for(each), words=WORDS, now=NOW)
    first, second = RoomKey.objects.order_by("pk")
    assert first.key != second.key
    for row in (first, second):
        assert row.key not in bytes(row.wrapped)


def test_without_its_key_nothing_opens(tandem):
    goal_add(room=room_for(tandem), words=WORDS, now=NOW)
    RoomKey.objects.filter(tandem=tandem).delete()
    with pytest.raises(SealBroken):
        goals_read(room_for(tandem))


def test_the_same_id_again_makes_no_second_row(tandem):
    first = action_item_add(room=room_for(tandem), text="Anrufen", now=NOW)
    again = action_item_add(room=room_for(tandem), text="Anrufen", now=NOW, pk=first.pk)
    assert again.pk == first.pk
    assert ActionItem.objects.count() == 1
    with pytest.raises(RoomRowTaken):
        action_item_add(room=room_for(tandem, "mentor"), text="Fremd", now=NOW, pk=first.pk)


def test_what_was_removed_comes_back_for_a_while(tandem):
    item = action_item_add(room=room_for(tandem), text="Anrufen", now=NOW)
    room = room_for(tandem)
    row_remove(room=room, row=item, now=NOW)
    assert action_items_read(room) == []
    row_restore(room=room, model=ActionItem, pk=item.pk, now=NOW)
    assert [row.text for row in action_items_read(room)] == ["Anrufen"]
    ActionItem.objects.all().delete()
    with pytest.raises(RoomRowGone):
        row_restore(room=room, model=ActionItem, pk=item.pk, now=NOW)
