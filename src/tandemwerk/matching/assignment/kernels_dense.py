"""Streaming passes over a dense matrix: the pairs worth considering at given prices."""

import numpy as np

from ..compiled import compiled, compiled_finite
from .market import Floats, Ints, Longs


@compiled
def column_means(
    fits: Floats, rows: Longs, columns: Longs, floor: float
) -> tuple[Floats, int, float, float]:
    """Per column of the part the mean of its allowed fits; their number, lowest and highest."""
    sums = np.zeros(fits.shape[1])
    counts = np.zeros(fits.shape[1], np.int64)
    lows = np.full(fits.shape[1], np.inf)
    highs = np.full(fits.shape[1], -np.inf)
    for place in range(len(rows)):
        row = fits[rows[place]]
        for j in range(len(row)):
            fit = row[j]
            counts[j] += 1 if fit >= floor else 0
            sums[j] += fit if fit >= floor else 0.0
            lows[j] = fit if fit < lows[j] and fit >= floor else lows[j]
            highs[j] = max(highs[j], fit) if fit >= floor else highs[j]
    return (
        (sums / np.maximum(counts, 1))[columns], counts[columns].sum(), lows[columns].min(),
        highs[columns].max(),
    )  # fmt: skip


@compiled_finite
def _highest(numbers: Floats, first: int, last: int) -> float:
    found = -np.inf
    for place in range(first, last):
        found = max(found, numbers[place])
    return found


@compiled
def _select(here: Floats, bar: float, most: int, gains: Floats, places: Ints) -> int:
    """Write the highest numbers above the bar and their places, at most `most`; their count."""
    count = 0
    # Most blocks hold nothing, and that is seen many cells at once.
    for block in range(0, len(here), 64):
        end = min(block + 64, len(here))
        if _highest(here, block, end) <= bar:
            continue
        for j in range(block, end):
            gain = here[j]
            if gain > bar:
                place = count if count < most else most - 1
                while place > 0 and gains[place - 1] < gain:
                    gains[place] = gains[place - 1]
                    places[place] = places[place - 1]
                    place -= 1
                gains[place] = gain
                places[place] = j
                if count < most:
                    count += 1
                if count == most:
                    bar = max(bar, gains[most - 1])
    return count


@compiled
def best_pairs(
    fits: Floats,
    rows: Longs,
    columns: Longs,
    natural: bool,
    floor: float,
    price: Floats,
    least: Floats,
    most: int,
    first: int,
    last: int,
    out_columns: Ints,
    out_fits: Floats,
    out_count: Ints,
    best: Floats,
) -> None:
    """Per row of the part its best allowed pairs by fit - price, above `least` and at most `most`.

    rows, columns: the part's places in `fits`; natural: these columns are 0, 1, 2, ...; price per
    column, least per row of the part; rows first:last of it are done. out_*: (rows, most) and
    (rows,), best first, equals by column. best: per row the highest fit - price found.
    """
    width = len(columns)
    gains = np.empty(most)
    here = np.empty(width)
    guess = -np.inf
    for i in range(first, last):
        row = fits[rows[i]]
        if natural:
            for j in range(width):
                here[j] = row[j] - price[j] if row[j] >= floor else -np.inf
        else:
            for j in range(width):
                fit = row[columns[j]]
                here[j] = fit - price[j] if fit >= floor else -np.inf
        # The bar of the row before is a good guess; if too few pass it, the row is done again.
        guess = max(least[i], guess)
        count = _select(here, guess, most, gains, out_columns[i])
        if count < most and guess > least[i]:
            count = _select(here, least[i], most, gains, out_columns[i])
        guess = -np.inf
        if count == most and most > 1:
            guess = gains[most - 1] - (gains[0] - gains[most - 1]) / most
        for place in range(count):
            out_fits[i, place] = row[columns[out_columns[i, place]]]
        out_count[i] = count
        best[i] = gains[0] if count else -np.inf


@compiled
def joined(
    indptr: Longs, columns: Ints, fits: Floats, more_columns: Ints, more_fits: Floats, more: Ints,
    mentors: int,
) -> tuple[Longs, Ints, Floats]:  # fmt: skip
    """The edges with more of them, (rows, most) and their number per row; each pair once."""
    rows = len(indptr) - 1
    seen = np.full(mentors, -1, np.int64)
    start = np.zeros(rows + 1, np.int64)
    size = len(columns) + more.sum()
    new_columns = np.empty(size, np.int32)
    new_fits = np.empty(size, np.float64)
    at = 0
    for i in range(rows):
        for e in range(indptr[i], indptr[i + 1]):
            seen[columns[e]] = i
            new_columns[at] = columns[e]
            new_fits[at] = fits[e]
            at += 1
        for place in range(more[i]):
            if seen[more_columns[i, place]] != i:
                seen[more_columns[i, place]] = i
                new_columns[at] = more_columns[i, place]
                new_fits[at] = more_fits[i, place]
                at += 1
        start[i + 1] = at
    return start, new_columns[:at].copy(), new_fits[:at].copy()
