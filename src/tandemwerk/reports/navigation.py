"""What reports adds to the menus."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from tandemwerk.ui.navigation import NavItem, navigation


@navigation
def start(request: HttpRequest) -> Iterable[NavItem]:
    """The first page, for everybody. No query."""
    url = reverse("home")
    yield NavItem(pgettext_lazy("navigation", "Home"), url, "house", 0, "/")
