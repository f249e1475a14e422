"""Last words: thanks to the others, and what stays."""

import json
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tandemwerk.core.crypto import seal_bytes, unseal_bytes
from tandemwerk.people.models import User
from tandemwerk.rooms.models import ClosingWords
from tandemwerk.rooms.selectors.room import Room, room_keys
from tandemwerk.rooms.services.writing import row_add, row_change, writing
from tandemwerk.tandems.enums import TandemState

LONGEST_WORDS = 4000


@transaction.atomic
def closing_words(*, room: Room, thanks: str, stays: str, now: datetime) -> ClosingWords:
    """Write or change one's own last words; the others read the thanks once the tandem is closed.

    Raises RoomReadOnly. Six queries.
    """
    room = writing(room, now)
    words = {"thanks": thanks, "stays": stays}
    mine = room.rows(ClosingWords).filter(author=room.me).first()
    if mine is None:
        return row_add(room, ClosingWords(id=uuid4()), words, now)
    return row_change(room, mine, now, words)


@transaction.atomic
def closing_words_forget(*, user: User) -> None:
    """The person is going: what stays was for them alone, and thanks nobody could read yet too.

    Thanks that the others can read stay for them. One query, and two for each tandem.
    """
    rows = ClosingWords._base_manager.filter(author__user=user).select_related("tandem")
    for row in rows.select_for_update(of=("self",)):
        if row.tandem.state != TandemState.CLOSED or row.removed_at is not None:
            row.delete()
            continue
        keys, place = room_keys(row.tandem), row.place()
        words = {**json.loads(unseal_bytes(row.body, keys=keys, place=place)), "stays": ""}
        data = json.dumps(words, ensure_ascii=False).encode()
        row.body = seal_bytes(data, keys=keys, place=place)
        row.save(update_fields=["body"])
