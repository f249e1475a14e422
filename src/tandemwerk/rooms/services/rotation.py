"""New keys for rooms: every row sealed again, while the members go on writing."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from tandemwerk.core.crypto import (
    SealBroken,
    key_make,
    key_version,
    master_key_file,
    seal_bytes,
    unseal_bytes,
)
from tandemwerk.core.key_file import LATEST_VERSION, NoMoreVersions
from tandemwerk.core.rotation import MOST_PASSES, NeverSettles, RowBroken, batches, swap
from tandemwerk.core.sealed import Say
from tandemwerk.rooms.models import RoomContent, RoomKey, content_models
from tandemwerk.rooms.selectors.room import room_keys
from tandemwerk.rooms.services.file_keys import files_are_new, files_rekey
from tandemwerk.tandems.models import Tandem


def rooms_rekey(say: Say) -> None:
    """Give every room whose newest key is older than the newest master key a new one.

    A room that was begun is finished first; one that is done is left alone, so a killed run is
    continued by running again. Raises RowBroken, NeverSettles, NoMoreVersions.
    """
    begun, rows, rooms = time.perf_counter(), 0, 0
    master_since = datetime.fromtimestamp(master_key_file().stat().st_mtime, tz=UTC)
    counted = Tandem.objects.annotate(since=Max("room_keys__created_at"), kept=Count("room_keys"))
    due = counted.filter(Q(since__lt=master_since) | Q(kept__gt=1)).order_by("pk")
    for tandem_pk, kept in due.values_list("pk", "kept"):
        if kept == 1:
            room_key_add(tandem_pk)
        rows += room_reseal(tandem_pk)
        rooms += 1
    seconds = time.perf_counter() - begun
    say(f"{rooms:,} rooms with {rows:,} rows, {rows / seconds:,.0f} a second")


@transaction.atomic
def room_key_add(tandem_pk: int) -> None:
    """Another version of a room's key; what is written from now on is sealed under it.

    Does nothing to a room without keys: it was shredded meanwhile. Raises NoMoreVersions.
    """
    tandem = _locked(tandem_pk)
    newest = RoomKey.objects.filter(tandem=tandem).aggregate(newest=Max("version"))["newest"]
    if newest is None:
        return
    if newest >= LATEST_VERSION:
        raise NoMoreVersions
    row = RoomKey(tandem=tandem, version=newest + 1, created_at=timezone.now())
    row.key = key_make()
    row.save()


def room_reseal(tandem_pk: int) -> int:
    """Bring all rows and files of a room under its newest key and drop the older ones.

    Returns how many values were changed. A row is changed only where it still holds what was read,
    so no writing is lost. Old keys go only when, with the room locked, nothing needs them.
    """
    total = 0
    tandem = Tandem.objects.get(pk=tandem_pk)
    for _pass in range(MOST_PASSES):
        keys = room_keys(tandem)
        if not keys:
            return total  # shredded meanwhile
        for model in content_models():
            for field in model.SEALED:
                total += _reseal(model, field, tandem, keys)
        total += files_rekey(tandem, keys)
        if _settled(tandem_pk):
            return total
    raise NeverSettles(f"room {tandem_pk}")


def _reseal(model: type[RoomContent], field: str, tandem: Tandem, keys: Mapping[int, bytes]) -> int:
    count = 0
    for rows in batches(model._base_manager.filter(tandem=tandem)):
        changes = _changes(rows, field, keys)
        if changes:
            # With the room locked like every writing, so that nobody waits for us crosswise.
            with transaction.atomic():
                _locked(tandem.pk)
                count += swap(model, field, changes)
    return count


def _changes(
    rows: Sequence[RoomContent], field: str, keys: Mapping[int, bytes]
) -> list[tuple[Any, bytes, bytes]]:
    newest, found = max(keys), []
    for row in rows:
        old = bytes(getattr(row, field) or b"")
        if old and key_version(old) != newest:
            place = row.place(field)
            try:
                new = seal_bytes(unseal_bytes(old, keys=keys, place=place), keys=keys, place=place)
            except SealBroken as error:
                raise RowBroken(f"{row._meta.label}.{field}", row.pk, error) from error
            found.append((row.pk, old, new))
    return found


@transaction.atomic
def _settled(tandem_pk: int) -> bool:
    """Drop the older keys if nothing needs them; False if something does."""
    tandem = _locked(tandem_pk)
    newest = RoomKey.objects.filter(tandem=tandem).aggregate(newest=Max("version"))["newest"]
    for model in content_models():
        for field in model.SEALED:
            values = model._base_manager.filter(tandem=tandem).values_list(field, flat=True)
            if any(value and key_version(value) != newest for value in values.iterator()):
                return False
    if not files_are_new(tandem, newest):
        return False
    RoomKey.objects.filter(tandem=tandem, version__lt=newest).delete()
    return True


def _locked(tandem_pk: int) -> Tandem:
    return Tandem.objects.select_for_update(of=("self",)).get(pk=tandem_pk)
