"""Short messages with a way back: undo instead of "Are you sure?"."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"


def undo(request: HttpRequest, text: str | Promise, url: str) -> None:
    """Say what was done and offer to take it back by a POST to `url`."""
    messages.success(request, str(text), extra_tags=f"{UNDO}{url}")
