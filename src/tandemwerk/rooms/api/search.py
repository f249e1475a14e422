"""Search in the own room, for its members' own programs."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tandemwerk.core.shapes import Body, Said
from tandemwerk.people.requests import person
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.selectors.search import LONGEST_QUERY, MOST_HITS, Hit, room_find

router = Router()
SEARCH = "/tandems/{int:tandem_pk}/search"


class SearchWanted(Schema):
    """What is looked for."""

    q: Said = Field(max_length=LONGEST_QUERY, description="Words, all of which occur.")


class SearchIn(Body):
    q: Said = Field(max_length=LONGEST_QUERY, description="Words, all of which occur.")


class HitOut(Schema):
    part: str = Field(description="Code: goals, action_items, notes, agreement, reviews, files …")
    title: str
    url: str = Field(description="The page it stands on.")
    before: str = Field(description="An excerpt: what stands before the word,")
    found: str = Field(description="the word itself, as it is written there,")
    after: str = Field(description="and what follows.")


class FoundOut(Schema):
    items: list[HitOut] = Field(description=f"At most {MOST_HITS}, part by part.")


@router.get(SEARCH, response=FoundOut, url_name="room_search")
def room_search(
    request: HttpRequest, tandem_pk: int, wanted: Query[SearchWanted]
) -> dict[str, list[Hit]]:
    """What holds all these words in your room. Addresses get into logs on the way: rather POST."""
    return {"items": room_find(room_or_404(person(request), tandem_pk), wanted.q)}


@router.post(SEARCH, response=FoundOut, url_name="room_search")
def room_search_unlogged(
    request: HttpRequest, tandem_pk: int, data: SearchIn
) -> dict[str, list[Hit]]:
    """The same with the words in the body, where no proxy writes them down. Changes nothing."""
    return {"items": room_find(room_or_404(person(request), tandem_pk), data.q)}
