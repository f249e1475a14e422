"""What people adds to the menus."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.ui.navigation import PERSON, NavItem, navigation


@navigation
def own_pages(request: HttpRequest) -> Iterable[NavItem]:
    """Profile and settings, in the menu behind one's face. No query."""
    profile, settings = reverse("people:profile"), reverse("people:settings")
    return (
        NavItem(_("My profile"), profile, "user", 10, profile, PERSON),
        NavItem(_("Settings"), settings, "settings", 20, settings, PERSON),
    )
