"""Search in the own room, for its members' own programs."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tandemwerk.core.shapes import Body, Said
from tandemwerk.people.requests import person
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.selectors.search import LONGEST_QUERY, MOST_HITS, Hit, room_find

router = Router()
SEARCH = "/tandems/{int:tandem_pk}/search"


class SearchIn(Body):
    query: Said = Field(max_length=LONGEST_QUERY, description="Words, all of which occur.")


class HitOut(Schema):
    part: str = Field(description="Code: goals, action_items, notes, agreement, reviews, files …")
    title: str
    url: str = Field(description="The page it stands on.")
    before: str = Field(description="An excerpt: what stands before the word,")
    found: str = Field(description="the word itself, as it is written there,")
    after: str = Field(description="and what follows.")


class FoundOut(Schema):
    items: list[HitOut] = Field(description=f"At most {MOST_HITS}, part by part.")


@router.post(SEARCH, response=FoundOut, url_name="room_search")
def room_search(request: HttpRequest, tandem_pk: int, data: SearchIn) -> dict[str, list[Hit]]:
    """What holds all these words in your room. Changes nothing, so a reading token is enough.

    By POST, because addresses get into the logs of whatever stands between.
    """
    return {"items": room_find(room_or_404(person(request), tandem_pk), data.query)}
