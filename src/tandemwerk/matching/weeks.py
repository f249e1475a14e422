"""Weekly availability as a bit mask over the 168 UTC hours of a week, Monday 00:00 = bit 0.

A mask has no date; a local week becomes one through a time zone and a reference Monday, so that
summer time is applied as it holds in that week.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .profiles import HOURS_PER_WEEK

FULL_WEEK = (1 << HOURS_PER_WEEK) - 1
HOURS_PER_DAY = 24
# The week that decides between summer and winter time if a caller names none: winter.
ANY_WEEK = date(2027, 1, 4)


def mask_of(hours: Iterable[int]) -> int:
    """The mask with these hours of the week (0..167, taken modulo 168) set."""
    mask = 0
    for hour in hours:
        mask |= 1 << (hour % HOURS_PER_WEEK)
    return mask


def hours_of(mask: int) -> list[int]:
    """The hours of the week set in the mask, ascending."""
    return [hour for hour in range(HOURS_PER_WEEK) if mask >> hour & 1]


def local_hours(mask: int, tz: str, reference: date) -> list[int]:
    """Hours of the *local* week for a UTC mask, ascending, in the week of `reference`.

    Half-hour zones count by the local hour in which the UTC hour starts.
    """
    zone = ZoneInfo(tz)
    return sorted({_shift(hour, zone, reference) for hour in hours_of(mask)})


def to_utc(local_mask: int, tz: str, reference: date) -> int:
    """The UTC mask for a mask of local hours, in the week of `reference`.

    An hour that the clock skips in that week counts as the hour after it.
    """
    zone = ZoneInfo(tz)
    monday = _monday(reference)
    hours = []
    for hour in hours_of(local_mask):
        local = datetime.combine(
            monday + timedelta(days=hour // HOURS_PER_DAY),
            datetime.min.time().replace(hour=hour % HOURS_PER_DAY),
            tzinfo=zone,
        )
        instant = local.astimezone(UTC)
        hours.append((instant.date() - monday).days * HOURS_PER_DAY + instant.hour)
    return mask_of(hours)


def _monday(reference: date) -> date:
    return reference - timedelta(days=reference.weekday())


def _shift(hour: int, zone: ZoneInfo, reference: date) -> int:
    start = datetime.combine(_monday(reference), datetime.min.time(), tzinfo=UTC)
    local = (start + timedelta(hours=hour)).astimezone(zone)
    return local.weekday() * HOURS_PER_DAY + local.hour


def to_hex(mask: int) -> str:
    """The mask as text, for JSON: a JavaScript number can't hold 168 bits."""
    return f"{mask:042x}"


def from_hex(text: str) -> int:
    """The mask behind `to_hex`. Raises ValueError for anything else."""
    return int(text, 16)
