"""What the journey itself says about the next days."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest
from i18nfield.strings import LazyI18nString

from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.room_page import NextStep, covered, next_step
from tandemwerk.tandems.selectors.page import TandemPage
from tandemwerk.tandems.selectors.signals import check_ins_planned

NEAR = timedelta(weeks=4)


def journey_steps_ahead(request: HttpRequest, page: TandemPage) -> Iterator[NextStep]:
    """What is due by the journey, by day; what is further than four weeks away can wait.

    No query. What another app speaks about is left to it, and what the programme asks to the
    check-in, which shows by itself when it opens.
    """
    asked = {one.key for one in check_ins_planned(page.tandem, page.me)}
    others = covered() | asked
    for item in page.way.next_due(Side(page.me.role)):
        if item.key not in others:
            yield NextStep(
                title=str(LazyI18nString(dict(item.title))),
                due_on=item.due_on,
                icon="route",
                is_now=item.due_on <= page.way.today + NEAR,
            )


next_step(key="journey", order=50, provider=journey_steps_ahead)
