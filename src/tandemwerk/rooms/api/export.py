"""The own room to take along, for a member's own program."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandemwerk.people.requests import person
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services.downloads import zip_answer

router = Router()


@router.get("/tandems/{int:tandem_pk}/export", url_name="room_export")
def room_export(request: HttpRequest, tandem_pk: int) -> HttpResponse:
    """Your room as a zip: one page that opens anywhere, the same as JSON, and the files.

    What only you may read (your own notes) is in your zip alone.
    """
    return zip_answer(room_or_404(person(request), tandem_pk))
