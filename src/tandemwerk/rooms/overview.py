"""What a room adds to the first page of its tandem: goals and tasks, and what comes next."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.people.requests import person
from tandemwerk.rooms.selectors.overview import (
    Overview,
    has_looked_back,
    is_agreed,
    room_overview,
)
from tandemwerk.rooms.selectors.room import Room, room_of
from tandemwerk.rooms.selectors.waiting import waiting_in
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import NextStep, due_of, next_step, room_section
from tandemwerk.tandems.selectors.page import TandemPage

SOON, NEAR = timedelta(weeks=1), timedelta(weeks=4)
AGREEMENT = "sign-agreement"
MIDPOINT = "midpoint-review"
FIRST_GOALS = ("write-goals", "write-goal", "three-goals")
# Both parts of one page need the same rows; they live no longer than its request.
_seen: WeakKeyDictionary[HttpRequest, tuple[Room, Overview]] = WeakKeyDictionary()


def overview_of(request: HttpRequest, tandem: Tandem) -> tuple[Room, Overview]:
    """The room and its overview for the reader, read once a request. Three queries."""
    if request not in _seen:
        room = room_of(tandem, person(request))
        _seen[request] = room, room_overview(room)
    return _seen[request]


def overview_box(request: HttpRequest, tandem: Tandem) -> Mapping[str, Any]:
    """Next tasks and goals with their level. Three queries, none if they were read before."""
    room, overview = overview_of(request, tandem)
    return {"room": room, "overview": overview}


def steps(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """The first goal where the journey asks for it, and the reader's own next task."""
    room, overview = overview_of(request, page.tandem)
    url = reverse("rooms:goal_list", args=[room.pk])
    goal = next(filter(None, (due_of(page, key) for key in FIRST_GOALS)), None)
    if goal and not overview.has_goals:
        yield NextStep(
            title=str(LazyI18nString(dict(goal.title))),
            due_on=goal.due_on,
            url=reverse("rooms:goal_new", args=[room.pk]),
            button=_("Set the first goal"),
            icon="target",
            is_now=goal.due_on <= page.way.today + NEAR,
        )
    task = overview.mine()
    if task:
        is_soon = task.due_on is not None and task.due_on <= page.way.today + SOON
        yield NextStep(
            title=task.text,
            due_on=task.due_on,
            url=url,
            button=_("To your tasks"),
            icon="list-checks",
            is_now=is_soon,
        )


def waiting_steps(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """Agreement, look back and closing that wait for the reader; what is due of them otherwise.

    At most six queries beside those of the overview.
    """
    room, _overview = overview_of(request, page.tandem)
    waiting = waiting_in(room)
    for item in waiting:
        url = reverse(item.url, args=[room.pk])
        yield NextStep(title=item.text, url=url, button=_("Have a look"), icon=item.icon)
    due = due_of(page, AGREEMENT)
    if due and not waiting and not is_agreed(room):
        yield NextStep(
            title=str(LazyI18nString(dict(due.title))),
            due_on=due.due_on,
            url=reverse("rooms:agreement_list", args=[room.pk]),
            button=_("To the agreement"),
            icon="file-text",
            is_now=due.due_on <= page.way.today + NEAR,
        )
    due = due_of(page, MIDPOINT)
    if due and not waiting and not has_looked_back(room):
        yield NextStep(
            title=str(LazyI18nString(dict(due.title))),
            due_on=due.due_on,
            url=reverse("rooms:review_list", args=[room.pk]),
            button=_("Look back together"),
            icon="history",
            is_now=due.due_on <= page.way.today + NEAR,
        )


next_step(key="waiting", order=10, provider=waiting_steps, covers=(AGREEMENT, MIDPOINT))
room_section(order=20, template="rooms/overview.html", context=overview_box)
next_step(key="goals", order=30, provider=steps, covers=FIRST_GOALS)
