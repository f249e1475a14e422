"""What a running tandem's pages offer; upper apps add theirs without being imported here.

An app registers in its `AppConfig.ready`::

    room_tab(key="goals", order=20, label=_("Goals"), icon="target", url="rooms:goal_list")
    room_section(order=20, template="rooms/overview.html", context=overview)

The URL takes `tandem_pk`. `context(request, tandem)` returns the template's own variables, found
in `box` (``{{ box.goals }}``), and states its queries.

What somebody could do next stands on top of the first page; an app that knows of such things says
so::

    next_step(key="agreement", order=10, provider=steps, covers=("sign-agreement",))

`provider(request, page)` yields `NextStep`s, the most important first, and states its queries; by
`order` they are sorted across apps (a check-in that is due 5, who may join 7, agreement 10,
check-in 20, goals and tasks 30, journey 50).
`covers` names what is due by the journey and is now this app's to speak about, or to be silent
about once it is done; `due_of(page, key)` finds it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.journey import Due, Side
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.page import TandemPage

Context = Callable[[HttpRequest, Tandem], Mapping[str, Any]]
LATER_SHOWN = 3
SEEN_ALWAYS, SEEN_ON_TABLETS = 3, 5


@dataclass(frozen=True, slots=True)
class RoomTab:
    """One part of the room with a page of its own."""

    key: str
    order: int
    label: str | Promise
    icon: str
    url: str
    short: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as one page shows it; `short` is what a phone calls it.

    `level` 0 is seen at every width, 1 from tablets on, 2 on wide windows; narrower ones have it
    in the menu at the end of the row.
    """

    label: str | Promise
    short: str | Promise
    icon: str
    url: str
    is_current: bool
    level: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing the reader could do. Without `url` its words are all there is to it.

    Only what `is_now` comes to the top; the rest may stand below it as what comes then. What can
    be done on the spot brings a `template` for the top place; it finds `box` as its variables.
    """

    title: str | Promise
    text: str | Promise = ""
    due_on: date | None = None
    url: str = ""
    button: str | Promise = ""
    icon: str = "arrow-right"
    is_now: bool = True
    template: str = ""
    box: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the first page says about the next days: one step on top, a few after it."""

    step: NextStep | None
    later: tuple[NextStep, ...]


StepProvider = Callable[[HttpRequest, TandemPage], Iterable[NextStep]]


_tabs: dict[str, RoomTab] = {}
_sections: dict[str, tuple[int, Context]] = {}
_steps: dict[str, tuple[int, StepProvider, frozenset[str]]] = {}


def room_tab(
    *, key: str, order: int, label: str | Promise, icon: str, url: str, short: str | Promise = ""
) -> None:
    """Add a tab to every running tandem's pages; `order` sorts across apps."""
    _tabs[key] = RoomTab(key, order, label, icon, url, short)


def room_section(*, order: int, template: str, context: Context) -> None:
    """Add a box to the first page of every running tandem. Registering twice replaces."""
    _sections[template] = (order, context)


def next_step(*, key: str, order: int, provider: StepProvider, covers: Iterable[str] = ()) -> None:
    """Let an app say what somebody could do next. Registering a key twice replaces."""
    _steps[key] = (order, provider, frozenset(covers))


def covered() -> frozenset[str]:
    """Keys of what is due by the journey and spoken about by another app."""
    return frozenset(key for _order, _provider, keys in _steps.values() for key in keys)


def due_of(page: TandemPage, key: str) -> Due | None:
    """What the journey asks of the reader under this key and is still ahead. No query."""
    ahead = page.way.next_due(Side(page.me.role))
    return next((item for item in ahead if item.key == key), None)


def ahead_for(request: HttpRequest, page: TandemPage) -> Ahead:
    """The reader's next step and what comes after it. Queries: those of the apps."""
    ordered = sorted(_steps.values(), key=lambda entry: entry[0])
    found = [step for _order, provider, _covers in ordered for step in provider(request, page)]
    top = next((step for step in found if step.is_now), None)
    later = [step for step in found if step is not top]
    return Ahead(top, tuple(later[:LATER_SHOWN]))


def tabs_for(tandem: Tandem, current: str) -> list[Tab]:
    """The tabs of one tandem in order, with the current one marked. No query."""
    ordered = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [
        Tab(
            label=tab.label,
            short=tab.short or tab.label,
            icon=tab.icon,
            url=reverse(tab.url, args=[tandem.pk]),
            is_current=tab.key == current,
            level=(number >= SEEN_ALWAYS) + (number >= SEEN_ON_TABLETS),
        )
        for number, tab in enumerate(ordered)
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
