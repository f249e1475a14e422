"""What rooms keep under the master key: their own keys; and how these are renewed."""

from tandemwerk.core.sealed import inner_keys, sealed_bytes
from tandemwerk.rooms.models import RoomKey
from tandemwerk.rooms.services.rotation import rooms_rekey

sealed_bytes(RoomKey, "wrapped", place=lambda row: row.place)
inner_keys("rooms", rooms_rekey)
