"""What every row of a room has in common."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models

from tandemwerk.tandems.models import Tandem, TandemMember


class RoomContent(models.Model):
    """A row that only members of the room can read.

    The words are in `body`: opaque to the database, sealed under the room's key and bound to
    table, field, tandem and row. `id` is chosen by whoever makes the row (the browser, a program),
    so that a retry or a late delivery makes no second one, and so that a browser can one day seal
    the body itself. Beside it stand only order, dates and states that the room's own clockwork
    needs; nobody outside sees those either.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(TandemMember, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.BinaryField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # for a day it can be brought back

    SEALED: ClassVar[tuple[str, ...]] = ("body",)

    class Meta:
        abstract = True

    def place(self, field: str = "body") -> str:
        """What a sealed value of this row is bound to."""
        return place_of(type(self), field, self.tandem_id, self.pk)


def place_of(model: type[models.Model], field: str, tandem_pk: Any, row_pk: UUID) -> str:
    """Table, field, tandem and row as one text; the key's version is added by the sealing."""
    return f"{model._meta.db_table}.{field}:{tandem_pk}:{row_pk}"


def content_models(base: type[RoomContent] = RoomContent) -> Iterator[type[RoomContent]]:
    """Every kind of content that a room may hold."""
    for model in base.__subclasses__():
        if not model._meta.abstract:
            yield model
        yield from content_models(model)
