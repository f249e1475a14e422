"""New keys for what lies in the file store."""

from collections.abc import Mapping

from django.db import transaction

from tandemwerk.core.crypto import SealBroken
from tandemwerk.core.rotation import RowBroken
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.services.file_store import (
    new_name,
    store_delete,
    store_read,
    store_version,
    store_write,
)
from tandemwerk.tandems.models import Tandem


def files_rekey(tandem: Tandem, keys: Mapping[int, bytes]) -> int:
    """Seal a room's files again under the newest of `keys`, each under a new name in the store.

    The old content goes when the row names the new one. Raises RowBroken. One file in memory at a
    time, one query each.
    """
    count = 0
    for row in RoomFile._base_manager.filter(tandem=tandem):
        try:
            if store_version(row.stored) != max(keys):
                count += _rekey(row, keys)
        except (SealBroken, FileNotFoundError) as error:
            if RoomFile._base_manager.filter(pk=row.pk, stored=row.stored).exists():
                raise RowBroken("rooms.RoomFile content", row.pk, error) from error
    return count


def _rekey(row: RoomFile, keys: Mapping[int, bytes]) -> int:
    old = row.stored
    data = store_read(old, size=row.size, keys=keys, place=row.content_place)
    row.stored = new_name(row.tandem_id)
    store_write(row.stored, data, keys=keys, place=row.content_place)
    with transaction.atomic():
        changed = RoomFile._base_manager.filter(pk=row.pk, stored=old).update(stored=row.stored)
        gone = old if changed else row.stored
        transaction.on_commit(lambda: store_delete(gone))
    return changed


def files_are_new(tandem: Tandem, newest: int) -> bool:
    """Does every file need the newest key only? One query, one byte of each file."""
    rows = RoomFile._base_manager.filter(tandem=tandem)
    return all(store_version(row.stored) == newest for row in rows)
