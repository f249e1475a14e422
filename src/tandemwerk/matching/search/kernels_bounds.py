"""The first pass of a search: an upper bound for every eligible mentor from small columns."""

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .columns import JOB, TONGUE, WAY, YEARS, Columns
from .kernels import BLOCK_WORDS, BLOCKED, SPARSE, TOPICS, Query, ones

_ONE, _ZERO = np.uint64(1), np.uint64(0)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
# A bit for each of 32 mentors: compared with a whole vector of them at once.
EACH = np.uint32(1) << np.arange(32, dtype=np.uint32)


@compiled
def bound_all(
    c: Columns,
    q: Query,
    each: NDArray[np.uint32],
    bounds: NDArray[np.float32],
    tops: NDArray[np.float32],
) -> int:
    """Bound what topics, job, ways to meet, languages and years bring; -inf for the others.

    each: EACH. bounds: float32 (64 × words,), written only in words with somebody eligible.
    tops: float32 (words,), the best bound of each word. Gives the number of eligible mentors, as
    far as these columns know.
    """
    counted = q.shares[TOPICS] > np.float32(0) or q.musts[TOPICS]
    wanted = len(q.weights) if counted else 0
    must, catalogue = q.musts[TOPICS] and q.asked > 0, len(q.touched)
    whole, half = np.empty(wanted, np.float32), np.empty(wanted, np.float32)
    for w in range(wanted):
        whole[w] = q.shares[TOPICS] * np.float32(q.weights[w]) / np.float32(q.asked)
        half[w] = whole[w] * np.float32(0.5)
    quiet = q.shares[TOPICS] * fits.UNKNOWN_OFFER if q.asked > 0 else np.float32(0)
    none = np.float32(0)
    base = none if q.asked > 0 else q.shares[TOPICS]
    # Arrays by themselves: what hides in a tuple is fetched anew in every round.
    answers = c.answers
    of_job, of_way, of_tongue, of_years = q.job, q.way, q.tongue, q.years
    everyone, topics, extra = q.eligible, c.topics, q.extra
    lines, near_start, relatives = q.lines, q.near_start, q.near
    points = np.empty(64 * BLOCK_WORDS, np.float32)
    own, near = (
        np.empty((wanted, BLOCK_WORDS), np.uint64),
        np.empty((wanted, BLOCK_WORDS), np.uint64),
    )
    some = np.empty(BLOCK_WORDS, np.uint64)
    half_tops, lowest = np.empty(2 * BLOCK_WORDS, np.int32), np.int32(-(2**31) + 1)
    answer = np.empty(1, np.int32)
    as_float = answer.view(np.float32)
    eligible = 0
    for first in range(0, len(tops), BLOCK_WORDS):
        words = min(BLOCK_WORDS, len(tops) - first)
        among = 0
        for i in range(words):
            among += ones(everyone[first + i])
        if among == 0:
            tops[first : first + words] = BLOCKED
            continue
        some[:words] = topics[catalogue, first : first + words]
        for w in range(wanted):
            if lines[w] < catalogue:
                own[w, :words] = topics[lines[w], first : first + words]
            else:
                own[w, :words] = extra[lines[w] - catalogue, first : first + words]
            near[w, :words] = _ZERO
            for place in range(near_start[w], near_start[w + 1]):
                line_of = topics[relatives[place]]
                for i in range(words):
                    near[w, i] |= line_of[first + i]
            for i in range(words):
                some[i] |= own[w, i] | near[w, i]
                near[w, i] &= ~own[w, i]
        if among < SPARSE * words:
            for i in range(words):
                here = everyone[first + i]
                if must:
                    here &= some[i]
                tops[first + i] = BLOCKED
                if here == _ZERO:
                    continue
                eligible += ones(here)
                start = (first + i) << 6
                bounds[start : start + 64] = BLOCKED
                silent = topics[catalogue, first + i]
                best = BLOCKED
                while here != _ZERO:
                    low = here & (~here + _ONE)
                    here ^= low
                    row = start + ones(low - _ONE)
                    bound = base
                    if silent & low != _ZERO:
                        bound += quiet
                    for w in range(wanted):
                        if own[w, i] & low != _ZERO:
                            bound += whole[w]
                        elif near[w, i] & low != _ZERO:
                            bound += half[w]
                    bound += of_job[answers[row, JOB]] + of_way[answers[row, WAY]]
                    bound += of_tongue[answers[row, TONGUE]] + of_years[answers[row, YEARS]]
                    bounds[row] = bound
                    best = max(best, bound)
                tops[first + i] = best
            continue
        start, size = first << 6, words << 6
        theirs = answers[start : start + size]
        for j in range(size):
            points[j] = (
                base
                + (of_job[theirs[j, JOB]] + of_way[theirs[j, WAY]])
                + (of_tongue[theirs[j, TONGUE]] + of_years[theirs[j, YEARS]])
            )
        for w in range(wanted):
            full, part = whole[w], half[w]
            mine, close = own[w].view(np.uint32), near[w].view(np.uint32)
            for i in range(2 * words):
                here_own, here_near = mine[i], close[i]
                line = points[i << 5 : (i << 5) + 32]
                for j in range(32):
                    line[j] += (full if here_own & each[j] else none) + (
                        part if here_near & each[j] else none
                    )
        for i in range(words):
            here = everyone[first + i]
            if must:
                here &= some[i]
            eligible += ones(here)
            some[i] = here
        # Read as whole numbers, floats compare the same (a negative one is only ever -inf), and
        # the greatest of whole numbers is found eight at a time.
        allowed, silent = some.view(np.uint32), topics[catalogue, first:].view(np.uint32)
        numbers = points.view(np.int32)
        for i in range(2 * words):
            here, unspoken, at = allowed[i], silent[i], i << 5
            line, to = points[at : at + 32], bounds[start + at : start + at + 32]
            if unspoken != 0 and q.asked > 0:
                for j in range(32):
                    line[j] += quiet if unspoken & each[j] else none
            for j in range(32):
                line[j] += none if here & each[j] else BLOCKED
            greatest = lowest
            for j in range(32):
                to[j] = line[j]
                greatest = max(greatest, numbers[at + j])
            half_tops[i] = greatest
        for i in range(words):
            high = max(half_tops[2 * i], half_tops[2 * i + 1])
            answer[0] = high
            tops[first + i] = as_float[0]
    return eligible
