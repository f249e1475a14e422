"""The entry "Programmes" of the main navigation."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import is_staff_somewhere
from tandemwerk.ui.navigation import NavItem, navigation

# Pages below a programme whose addresses do not begin with it.
BELOW = ("/cohorts/", "/participations/", "/runs/", "/organisations/")


@navigation
def programmes_entry(request: HttpRequest) -> Iterable[NavItem]:
    """For coordinators, owners and operators. At most two queries."""
    user = request.user
    if not isinstance(user, User) or not is_staff_somewhere(user):
        return []
    url = reverse("programmes:programme_list")
    return [NavItem(_("Programmes"), url, "briefcase", 40, (url, *BELOW))]
