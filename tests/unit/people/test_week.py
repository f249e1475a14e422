from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.people import week

masks = st.integers(min_value=0, max_value=(1 << 168) - 1)
cells = st.sets(st.integers(min_value=0, max_value=week.CELLS - 1))


@given(masks)
def test_a_stored_week_reads_back(mask):
    text = week.hex_from_mask(mask)
    assert week.mask_from_hex(text) == mask
    assert len(text) in {0, 42}


@pytest.mark.parametrize("text", ["zz", "f" * 43, "1.0"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        week.mask_from_hex(text)


@pytest.mark.parametrize("mask", [-1, 1 << 168])
def test_a_mask_beyond_the_week_is_refused(mask):
    with pytest.raises(ValueError, match="168"):
        week.hex_from_mask(mask)


@given(cells)
def test_ticked_cells_come_back(chosen):
    mask = week.mask_from_cells(chosen)
    assert week.cells_from_mask(mask) == sorted(chosen)
    assert week.partial_cells(mask) == []


@given(masks)
def test_saving_the_shown_cells_changes_nothing(mask):
    assert week.mask_from_cells(week.cells_from_mask(mask), before=mask) == mask


@given(masks, cells)
def test_cells_never_touch_the_night(mask, chosen):
    parts = sum(week.cell_mask(cell) for cell in range(week.CELLS))
    assert week.mask_from_cells(chosen, before=mask) & ~parts == mask & ~parts


def test_local_hours_become_utc_by_season():
    nine_on_monday = week.hex_from_hours([9])
    assert week.utc_mask(nine_on_monday, "Europe/Berlin", date(2027, 1, 11)) == 1 << 8
    assert week.utc_mask(nine_on_monday, "Europe/Berlin", date(2027, 7, 5)) == 1 << 7


def test_hours_read_back_in_order():
    assert week.hours_from_hex(week.hex_from_hours([167, 0, 33])) == [0, 33, 167]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [([], []), ([9], [(9, 10)]), ([9, 10, 14], [(9, 11), (14, 15)]), ([22, 23], [(22, 24)])],
)
def test_hours_that_hang_together_become_spans(hours, expected):
    assert week.spans(hours) == expected
