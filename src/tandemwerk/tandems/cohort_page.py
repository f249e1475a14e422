"""What tandems adds to a cohort's page: how many stand where, and which deadlines are near."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tandemwerk.people.requests import person
from tandemwerk.programmes.cohort_sections import Need, cohort_need, cohort_section
from tandemwerk.programmes.models import Cohort
from tandemwerk.tandems.selectors.asking import asks_waiting
from tandemwerk.tandems.selectors.cohort import GROUPS, cohort_counts
from tandemwerk.tandems.selectors.journey import tandems_on_older_versions


def tandem_box(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """Counts of the groups that have somebody in them. One query."""
    counts = cohort_counts(cohort, timezone.now())
    groups = [
        {"key": key, "label": GROUPS[key], "count": counts[key]}
        for key in GROUPS
        if key != "soon" and counts[key]
    ]
    return {"groups": groups}


@cohort_need
def deadlines_near(request: HttpRequest, cohort: Cohort) -> Iterable[Need]:
    """Proposals and chemistry times with three days or less. One query."""
    count = cohort_counts(cohort, timezone.now())["soon"]
    if count:
        text = ngettext(
            "The time of %(count)d tandem runs out within three days. A short call often helps.",
            "The time of %(count)d tandems runs out within three days. A short call often helps.",
            count,
        )
        url = reverse("tandems:cohort_tandems", args=[cohort.pk])
        yield Need(text % {"count": count}, url, _("Look at them"), "clock")


@cohort_need
def people_asking(request: HttpRequest, cohort: Cohort) -> Iterable[Need]:
    """People who ask for help or would prefer to end, and nobody has taken up. Two queries."""
    count = asks_waiting(cohort, person(request))
    if count:
        text = ngettext("%(count)d asks for help.", "%(count)d ask for help.", count)
        url = reverse("tandems:cohort_tandems", args=[cohort.pk]) + "#asking"
        yield Need(text % {"count": count}, url, _("Look at them"), "circle-question-mark")


@cohort_need
def newer_journey(request: HttpRequest, cohort: Cohort) -> Iterable[Need]:
    """Running tandems that follow an earlier journey; moving them is up to people. One query."""
    count = tandems_on_older_versions(cohort).count()
    if count:
        text = ngettext(
            "%(count)d running tandem follows an earlier version of the journey.",
            "%(count)d running tandems follow an earlier version of the journey.",
            count,
        )
        url = reverse("tandems:cohort_journey", args=[cohort.pk])
        yield Need(text % {"count": count}, url, _("What would change"), "route")


cohort_section(order=40, template="tandems/cohort_box.html", context=tandem_box)
