"""What tandems add to the first page of a running tandem: what is open between one and the rest."""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import person
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import NextStep, next_step, room_section
from tandemwerk.tandems.selectors.page import TandemPage, sides
from tandemwerk.tandems.selectors.signals import Signals, signals_of

# The next step and the box need the same rows; they live no longer than their request.
_seen: WeakKeyDictionary[HttpRequest, Signals] = WeakKeyDictionary()


def signals_seen(request: HttpRequest, tandem: Tandem) -> Signals:
    """The reader's signals, read once a request. Three queries."""
    if request not in _seen:
        me, _others = sides(tandem, person(request))
        _seen[request] = signals_of(tandem, me, timezone.now())
    return _seen[request]


def signals_box(request: HttpRequest, tandem: Tandem) -> dict[str, Any]:
    """The pause, and the way to help. Three queries, none if they were read before."""
    return {"tandem": tandem, "signals": signals_seen(request, tandem)}


def check_in_due(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """The programme's question on the day it is due and after it. Queries: `signals_seen`."""
    yield from _check_in(request, page, is_due=True)


def check_in_open(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """The programme's question as long as there is time. Queries: `signals_seen`."""
    yield from _check_in(request, page, is_due=False)


def _check_in(request: HttpRequest, page: TandemPage, *, is_due: bool) -> Iterator[NextStep]:
    """One tap on the spot; where something else is on top, a link to the page of signals."""
    found = signals_seen(request, page.tandem).check_in
    if found is None or (found.due_on <= page.way.today) is not is_due:
        return
    url = reverse("tandems:tandem_signals", args=[page.tandem.pk])
    yield NextStep(
        title=_("How is it going with the two of you?"),
        due_on=None if is_due else found.due_on,
        url=f"{url}#check-in",
        icon="message-circle",
        template="tandems/check_in_step.html",
        box={"tandem": page.tandem, "check_in": found, "answers": CheckInAnswer.choices},
    )


def joining_asked(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """Somebody who may join, if everybody says yes. Queries: `signals_seen`."""
    joining = signals_seen(request, page.tandem).joining
    if joining is not None:
        yield NextStep(
            title=_("Shall %(name)s join?") % {"name": joining.participation.user.name},
            text=_(
                "Somebody new could read everything in your room. So all of you are asked first."
            ),
            url=reverse("tandems:joining_detail", args=[joining.pk]),
            button=_("Read and answer"),
            icon="user-plus",
        )


next_step(key="check-in-due", order=5, provider=check_in_due)
next_step(key="joining", order=7, provider=joining_asked)
next_step(key="check-in", order=20, provider=check_in_open)
room_section(order=5, template="tandems/signals_box.html", context=signals_box)
