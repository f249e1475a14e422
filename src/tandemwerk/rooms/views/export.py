"""Take the room along: a page that says what is in it, and the zip."""

from django.http import HttpResponse
from django.shortcuts import render

from tandemwerk.people.requests import SignedIn
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services.downloads import zip_answer
from tandemwerk.rooms.views.shared import page


def room_export(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """What one takes along, and the button."""
    room = room_or_404(request.user, tandem_pk)
    return render(request, "rooms/take_along.html", page(room, ""))


def room_zip(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The zip itself."""
    return zip_answer(room_or_404(request.user, tandem_pk))
