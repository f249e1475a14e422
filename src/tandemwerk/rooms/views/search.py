"""Search in the own room."""

from django.http import HttpResponse
from django.shortcuts import render

from tandemwerk.people.requests import SignedIn
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.selectors.search import LONGEST_QUERY, room_find
from tandemwerk.rooms.views.shared import page


def room_search(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """What was found; the words come by POST, so that no address, log or history keeps them."""
    room = room_or_404(request.user, tandem_pk)
    query = request.POST.get("query", "").strip()[:LONGEST_QUERY]
    context = page(room, "", query=query, hits=room_find(room, query))
    return render(request, "rooms/search.html", context)
