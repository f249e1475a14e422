"""What a running tandem's pages offer; upper apps add theirs without being imported here.

An app registers in its `AppConfig.ready`::

    room_tab(key="goals", order=20, label=_("Goals"), icon="target", url="rooms:goal_list")
    room_section(order=20, template="rooms/overview.html", context=overview)

The URL takes `tandem_pk`. `context(request, tandem)` returns the template's own variables, found
in `box` (``{{ box.goals }}``), and states its queries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.models import Tandem

Context = Callable[[HttpRequest, Tandem], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RoomTab:
    """One part of the room with a page of its own."""

    key: str
    order: int
    label: str | Promise
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as one page shows it."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool


_tabs: dict[str, RoomTab] = {}
_sections: dict[str, tuple[int, Context]] = {}


def room_tab(*, key: str, order: int, label: str | Promise, icon: str, url: str) -> None:
    """Add a tab to every running tandem's pages; `order` sorts across apps."""
    _tabs[key] = RoomTab(key, order, label, icon, url)


def room_section(*, order: int, template: str, context: Context) -> None:
    """Add a box to the first page of every running tandem. Registering twice replaces."""
    _sections[template] = (order, context)


def tabs_for(tandem: Tandem, current: str) -> list[Tab]:
    """The tabs of one tandem in order, with the current one marked. No query."""
    ordered = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [
        Tab(tab.label, tab.icon, reverse(tab.url, args=[tandem.pk]), tab.key == current)
        for tab in ordered
    ]


def sections_for(request: HttpRequest, tandem: Tandem) -> list[dict[str, Any]]:
    """Template and variables of every box, in order. Queries: those of the apps."""
    ordered = sorted(_sections.items(), key=lambda entry: entry[1][0])
    return [
        {"template": template, "box": context(request, tandem)}
        for template, (_order, context) in ordered
    ]


room_tab(key="way", order=0, label=_("Overview"), icon="route", url="tandems:tandem_detail")
room_tab(
    key="signals",
    order=90,
    label=_("Help and pause"),
    icon="circle-question-mark",
    url="tandems:tandem_signals",
)
