"""The end of a room: its keys go, then its rows and files, and nobody can bring them back."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tandemwerk.audit.services import audit_record
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.rooms.models import RoomFile, RoomKey, content_models
from tandemwerk.rooms.services.file_store import store_delete, store_names
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.visible import room_day

logger = logging.getLogger(__name__)
KEPT_AFTER_REMOVAL = timedelta(days=1)


def rooms_over(now: datetime) -> QuerySet[Tandem]:
    """Rooms whose last day is over, and rooms that nobody can enter any more."""
    present = TandemMember.objects.filter(tandem=OuterRef("pk"), left_at__isnull=True)
    over = Q(readable_until__lt=room_day(now)) | ~Exists(present)
    return Tandem.objects.filter(over, activated_at__isnull=False, shredded_at__isnull=True)


def rooms_shred(now: datetime) -> int:
    """Shred every room that is over; returns how many. One that fails stops no other."""
    return sum(_shredded(tandem, now) for tandem in rooms_over(now).order_by("pk"))


def _shredded(tandem: Tandem, now: datetime) -> bool:
    try:
        room_shred(tandem=tandem, now=now)
    except Exception:
        logger.exception("tandem %s: the room could not be shredded", tandem.pk)
        return False
    return True


@transaction.atomic
def room_shred(*, tandem: Tandem, now: datetime) -> None:
    """Delete a room's keys, rows and files; doing it twice is harmless.

    The members' recorded answers of the last day go too: they may hold words of the room, sealed
    under another key. `traces_wipe` must follow once this is committed. A few queries per kind of
    content, one audit entry that says only that it happened.
    """
    locked = Tandem.objects.select_for_update(of=("self",)).get(pk=tandem.pk)
    if locked.shredded_at is not None:
        return
    RoomKey.objects.filter(tandem=locked).delete()
    stored = list(RoomFile._base_manager.filter(tandem=locked).values_list("stored", flat=True))
    for model in content_models():
        model._base_manager.filter(tandem=locked).delete()
    users = TandemMember.objects.filter(tandem=locked).values("user")
    ProcessedWrite.objects.filter(user__in=users).delete()
    Tandem.objects.filter(pk=locked.pk).update(shredded_at=now)
    audit_record(action="room.shred", about=locked, now=now)
    _files_go(stored)


@transaction.atomic
def removed_purge(now: datetime) -> int:
    """Delete for good what was removed more than a day ago; returns how many rows.

    Two queries per kind of content.
    """
    before, count = now - KEPT_AFTER_REMOVAL, 0
    for model in content_models():
        # Locked before anything goes: what somebody brings back in this moment stays whole.
        over = model._base_manager.filter(removed_at__lt=before)
        rows = list(over.select_for_update(of=("self",)).defer(*model.SEALED))
        if not rows:
            continue
        if model is RoomFile:
            _files_go([row.stored for row in rows if isinstance(row, RoomFile)])
        count += model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()[0]
    return count


def files_sweep(now: datetime) -> int:
    """Take away what lies in the file store for more than a day and belongs to no row.

    What a killed process leaves behind: sealed bytes that nobody can find. One query.
    """
    before = (now - KEPT_AFTER_REMOVAL).timestamp()
    known = set(RoomFile._base_manager.values_list("stored", flat=True))
    lost = [name for name, written in store_names() if name not in known and written < before]
    for name in lost:
        store_delete(name)
    return len(lost)


def _files_go(stored: Iterable[str]) -> None:
    for name in stored:
        transaction.on_commit(partial(store_delete, name))
