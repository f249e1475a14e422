"""What every page knows: the appearance and the way around."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tandemwerk.ui.navigation import MAIN, PERSON, nav_items


def page(request: HttpRequest) -> dict[str, Any]:
    """Theme and navigation of the person; the navigation is made only where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        cookie = request.COOKIES.get("tandemwerk_theme", "")
        return {
            "theme": cookie if cookie in {"light", "dark"} else "system",
            "nav": [],
            "open_signup": settings.OPEN_SIGNUP,
        }

    def entries() -> list[dict[str, Any]]:
        return [
            {"item": item, "is_current": item.is_current(request.path)}
            for item in nav_items(request)
        ]

    everything: Any = SimpleLazyObject(entries)

    def of(place: str) -> list[dict[str, Any]]:
        return [entry for entry in everything if entry["item"].place == place]

    return {
        "theme": user.theme,
        "nav": SimpleLazyObject(lambda: of(MAIN)),
        "person_menu": SimpleLazyObject(lambda: of(PERSON)),
    }
