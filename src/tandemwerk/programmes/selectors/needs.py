"""What of a cohort waits for its coordinator, as far as this app knows."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tandemwerk.programmes.cohort_sections import Need
from tandemwerk.programmes.enums import ImportState
from tandemwerk.programmes.models import Cohort
from tandemwerk.programmes.selectors.cohorts import CohortFigures, imports_under_way

SOON = 7  # days before the end of registration


def own_needs(cohort: Cohort, figures: CohortFigures, today: date) -> list[Need]:
    """Lists left half-way, expired invitations, missing places, the end of registration.

    One query.
    """
    people = reverse("programmes:participation_list", args=[cohort.pk])
    needs = [
        Need(
            _("The list %(file)s waits for you.") % {"file": batch.file_name},
            reverse("programmes:import_detail", args=[cohort.pk, batch.pk]),
            _("Go on"),
            "list-checks",
        )
        for batch in imports_under_way(cohort)
        if batch.state in {ImportState.UPLOADED, ImportState.CHECKED}
    ]
    if figures.expired:
        text = ngettext(
            "%(count)d invitation has expired without an answer.",
            "%(count)d invitations have expired without an answer.",
            figures.expired,
        )
        link = f"{people}?state=invited"
        needs.append(Need(text % {"count": figures.expired}, link, _("Look at them"), "hourglass"))
    if figures.seats_missing:
        text = ngettext(
            "One more place with mentors is needed for everybody to have a chance.",
            "%(count)d more places with mentors are needed for everybody to have a chance.",
            figures.seats_missing,
        )
        add = reverse("programmes:import_upload", args=[cohort.pk]) + "?role=mentor"
        needs.append(Need(text % {"count": figures.seats_missing}, add, _("Add mentors"), "users"))
    left = (cohort.registration_ends_on - today).days
    if figures.invited and 0 <= left <= SOON:
        text = ngettext(
            "Registration ends soon; %(count)d person has not answered.",
            "Registration ends soon; %(count)d people have not answered.",
            figures.invited,
        )
        link = f"{people}?state=invited"
        needs.append(Need(text % {"count": figures.invited}, link, _("Look at them"), "clock"))
    return needs
