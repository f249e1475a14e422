"""The clock of rooms: what time alone brings about."""

from datetime import timedelta

from django.utils import timezone

from tandemwerk.core.jobs import enqueue, job, periodic, retry
from tandemwerk.core.wiping import StillBusy, traces_wipe
from tandemwerk.rooms.models import RoomKey
from tandemwerk.rooms.services.agreement import agreement_settle
from tandemwerk.rooms.services.reviews import reviews_settle
from tandemwerk.rooms.services.shredding import files_sweep, removed_purge, rooms_shred
from tandemwerk.tandems.models import Tandem


@periodic(every=timedelta(hours=1))
@job
def rooms_clean() -> None:
    """Every hour: shred rooms whose last day is over, delete for good what was removed a day ago.

    Only what is needed afterwards is done: nothing shredded or purged, nothing wiped.
    """
    now = timezone.now()
    gone = rooms_shred(now) + removed_purge(now)
    files_sweep(now)
    if gone:
        enqueue(room_traces_wipe)


@job
def agreement_after_leaving(*, tandem_pk: int) -> None:
    """Put a proposed agreement in force that only waited for somebody who left."""
    tandem = Tandem.objects.filter(pk=tandem_pk).first()
    if tandem is not None:
        agreement_settle(tandem=tandem, now=timezone.now())


@job
def reviews_after_leaving(*, tandem_pk: int) -> None:
    """Open looks back that only waited for somebody who left; theirs stay as they were."""
    tandem = Tandem.objects.filter(pk=tandem_pk).first()
    if tandem is not None:
        reviews_settle(tandem=tandem, now=timezone.now())


@job
def room_traces_wipe(*, attempt: int = 0) -> None:
    """Overwrite what is left of deleted keys and rows in the database's own files."""
    try:
        traces_wipe(RoomKey)
    except StillBusy:
        if not retry(room_traces_wipe, attempt=attempt):
            raise
