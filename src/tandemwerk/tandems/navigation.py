"""What tandems adds to the menus."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.selectors.mine import tandem_pks
from tandemwerk.ui.navigation import NavItem, navigation


@navigation
def my_tandems(request: HttpRequest) -> Iterable[NavItem]:
    """For people who are or were part of a tandem; with a single one straight to it. One query."""
    mine = tandem_pks(request.user) if request.user.is_authenticated else []
    every = reverse("tandems:tandem_list")
    if len(mine) == 1:
        url = reverse("tandems:tandem_detail", kwargs={"tandem_pk": mine[0]})
        yield NavItem(_("My tandem"), url, "heart-handshake", 20, every)
    elif mine:
        yield NavItem(_("My tandems"), every, "heart-handshake", 20, every)
