"""What tandems add to the first page of a running tandem: what is open between one and the rest."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tandemwerk.people.requests import person
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import room_section
from tandemwerk.tandems.selectors.names import names_of
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.signals import signals_of


def signals_box(request: HttpRequest, tandem: Tandem) -> dict[str, Any]:
    """An open question, the pause, somebody who may join, a reply. Three queries."""
    user = person(request)
    me, _others = sides(tandem, user)
    return {
        "tandem": tandem,
        "names": names_of(tandem, user),
        "signals": signals_of(tandem, me, timezone.now()),
        "answers": CheckInAnswer.choices,
    }


room_section(order=5, template="tandems/signals_box.html", context=signals_box)
