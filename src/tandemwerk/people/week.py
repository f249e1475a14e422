"""The week a person has time, in their own local hours.

A week is a mask of 168 bits, bit 0 = Monday 00:00–01:00 local time; the database keeps it as 42
hexadecimal digits, empty when nobody answered. Pure: no database, no clock.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tandemwerk.matching.profiles import HOURS_PER_WEEK
from tandemwerk.matching.weeks import hours_of, mask_of, to_utc

HOURS_PER_DAY = 24
HEX_DIGITS = HOURS_PER_WEEK // 4
# First and last-plus-one hour of early, morning, afternoon, evening.
PARTS = ((6, 9), (9, 12), (12, 17), (17, 22))
CELLS = 7 * len(PARTS)


def mask_from_hex(text: str) -> int:
    """The mask of a stored week; empty is 0. Raises ValueError for anything else."""
    if not text:
        return 0
    if len(text) > HEX_DIGITS:
        raise ValueError("a week has 168 hours")
    return int(text, 16)


def hex_from_mask(mask: int) -> str:
    """How a week is stored; no hour at all is "not answered". Raises ValueError out of range."""
    if not 0 <= mask < 1 << HOURS_PER_WEEK:
        raise ValueError("a week has 168 hours")
    return f"{mask:0{HEX_DIGITS}x}" if mask else ""


def mask_from_hours(hours: Iterable[int | str]) -> int:
    """The mask with these local hours (0..167) free; digits as forms send them will do."""
    return mask_of(int(hour) for hour in hours)


def hex_from_hours(hours: Iterable[int]) -> str:
    """The stored week with these local hours (0..167) free."""
    return hex_from_mask(mask_of(hours))


def hours_from_hex(text: str) -> list[int]:
    """Free local hours (0..167) of a stored week, ascending."""
    return hours_of(mask_from_hex(text))


def utc_mask(text: str, zone: str, reference: date) -> int:
    """A stored week as the UTC mask that matching compares, as clocks stand at `reference`."""
    return to_utc(mask_from_hex(text), zone, reference)


def cell_mask(cell: int) -> int:
    """All hours of one cell; cell = day * 4 + part, Monday first."""
    day, part = divmod(cell, len(PARTS))
    first, end = PARTS[part]
    return mask_of(day * HOURS_PER_DAY + hour for hour in range(first, end))


def cells_from_mask(mask: int) -> list[int]:
    """Cells in which at least one hour is free."""
    return [cell for cell in range(CELLS) if mask & cell_mask(cell)]


def partial_cells(mask: int) -> list[int]:
    """Cells of which some hours are free and some are not."""
    return [c for c in cells_from_mask(mask) if mask & cell_mask(c) != cell_mask(c)]


def mask_from_cells(cells: Iterable[int], before: int = 0) -> int:
    """The week after somebody ticked exactly these cells, having had the week `before`.

    A ticked cell keeps single hours chosen earlier and is filled otherwise; hours outside every
    part (the night) stay as they were.
    """
    chosen, mask = set(cells), before
    for cell in range(CELLS):
        whole = cell_mask(cell)
        if cell not in chosen:
            mask &= ~whole
        elif not before & whole:
            mask |= whole
    return mask


def spans(hours: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending hours as (first, end) of what hangs together: [9, 10, 14] → [(9, 11), (14, 15)]."""
    found: list[tuple[int, int]] = []
    for hour in hours:
        if found and found[-1][1] == hour:
            found[-1] = (found[-1][0], hour + 1)
        else:
            found.append((hour, hour + 1))
    return found
