"""Last words: thanks to the others, and what stays."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tandemwerk.rooms.models import ClosingWords
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import row_add, row_change, writing

LONGEST_WORDS = 4000


@transaction.atomic
def closing_words(*, room: Room, thanks: str, stays: str, now: datetime) -> ClosingWords:
    """Write or change one's own last words; the others read the thanks once the tandem is closed.

    Raises RoomReadOnly. Five queries.
    """
    room = writing(room, now)
    words = {"thanks": thanks, "stays": stays}
    mine = room.rows(ClosingWords).filter(author=room.me).first()
    if mine is None:
        return row_add(room, ClosingWords(id=uuid4()), words, now)
    return row_change(room, mine, now, words)
