"""Last words of a tandem."""

from django.db import models

from tandemwerk.rooms.models.content import RoomContent


class ClosingWords(RoomContent):
    """What a member says at the end. Body: ``thanks`` to the others, ``stays`` for themself.

    The others read the thanks once the tandem is closed.
    """

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tandem", "author"], name="closing_words_once_each"),
        ]
