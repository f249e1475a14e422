"""What every page knows: the appearance and the way around."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Theme and navigation of the person. No query of its own."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {"theme": user.theme if signed_in and user else "system", "nav": []}
