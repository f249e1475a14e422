"""What tandems keep under the master key."""

from tandemwerk.core.sealed import sealed_bytes
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.services.reasons import note_place

sealed_bytes(TandemMember, "decline_note", place=note_place)
