"""What tandems adds to the menus."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.selectors.mine import has_tandems
from tandemwerk.ui.navigation import NavItem, navigation


@navigation
def my_tandems(request: HttpRequest) -> Iterable[NavItem]:
    """For people who are or were part of a tandem. One query."""
    if request.user.is_authenticated and has_tandems(request.user):
        url = reverse("tandems:tandem_list")
        yield NavItem(_("My tandem"), url, "heart-handshake", 20, url)
