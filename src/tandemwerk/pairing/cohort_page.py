"""What pairing adds to a cohort's page: the latest runs, and what matching waits for."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.selectors.pool import readiness
from tandemwerk.pairing.selectors.runs import runs_of
from tandemwerk.programmes.cohort_sections import Need, cohort_need, cohort_section
from tandemwerk.programmes.models import Cohort

SHOWN = 3


def run_box(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """The latest runs that were not put aside. One query."""
    return {"runs": runs_of(cohort).exclude(state=RunState.DISCARDED)[:SHOWN]}


@cohort_need
def matching_waits(request: HttpRequest, cohort: Cohort) -> Iterable[Need]:
    """A calculated run to look at, or people who can be matched for the first time.

    One query, one more while there is no run.
    """
    over = (RunState.DISCARDED, RunState.CANCELLED)
    run = runs_of(cohort).exclude(state__in=over).first()
    if run is not None and run.state == RunState.READY:
        text = _("Run %(number)s is ready. Nobody has been told anything yet.")
        url = reverse("pairing:run_board", args=[run.pk])
        yield Need(text % {"number": run.number}, url, _("Look at the pairs"), "sparkles")
    elif run is None and (ready := readiness(cohort)).is_ready:
        text = _("Mentees who can be matched: %(mentees)s. Places for them: %(seats)s.")
        numbers = {"mentees": ready.mentees, "seats": ready.seats}
        url = reverse("pairing:run_list", args=[cohort.pk])
        yield Need(text % numbers, url, _("Get ready to match"), "sparkles")


cohort_section(order=30, template="pairing/cohort_box.html", context=run_box)
