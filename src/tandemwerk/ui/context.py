"""What every page knows: the appearance and the way around."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tandemwerk.ui.navigation import nav_items


def page(request: HttpRequest) -> dict[str, Any]:
    """Theme and navigation of the person; the navigation is made only where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"theme": "system", "nav": []}

    def entries() -> list[dict[str, Any]]:
        return [
            {"item": item, "is_current": item.is_current(request.path)}
            for item in nav_items(request)
        ]

    return {"theme": user.theme, "nav": SimpleLazyObject(entries)}
