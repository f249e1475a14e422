"""Files of a room."""

from django.db import models

from tandemwerk.rooms.models.content import RoomContent


class RoomFile(RoomContent):
    """A file. Body: ``name`` (with its ending) and ``type`` (its media type).

    What is in it lies sealed in the file store under `stored`, which says nothing about it.
    """

    size = models.PositiveIntegerField()  # bytes in the clear
    stored = models.CharField(max_length=100)

    class Meta:
        ordering = ["-created_at", "pk"]
        indexes = [models.Index(fields=["tandem", "removed_at"], name="file_of_tandem")]

    @property
    def content_place(self) -> str:
        """What each piece of the content is bound to, besides its number and their count."""
        return self.place(f"content.{self.stored}")
