"""The keys of a room; without them nothing of it can be read."""

from django.db import models

from tandemwerk.core.crypto import key_unwrap, key_wrap
from tandemwerk.tandems.models import Tandem


class RoomKey(models.Model):
    """One version of a room's key, sealed under a master key that is not in the database.

    Deleting a room's keys shreds the room: what it holds is noise from then on, in backups too as
    soon as these are older than the deletion.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="room_keys")
    version = models.PositiveSmallIntegerField(default=1)  # 1 to 255, first byte of sealed values
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "version"], name="room_key_version_once"),
            models.CheckConstraint(
                condition=models.Q(version__gte=1, version__lte=255), name="room_key_version_fits"
            ),
        ]

    @property
    def key(self) -> bytes:
        """The key itself, for this moment only. Raises SealBroken if the master key is missing."""
        return key_unwrap(self.wrapped, place=self.place)

    @key.setter
    def key(self, key: bytes) -> None:
        self.wrapped = key_wrap(key, place=self.place)

    @property
    def place(self) -> str:
        """What the wrapped key is bound to."""
        return f"rooms_roomkey.wrapped:{self.tandem_id}:{self.version}"
