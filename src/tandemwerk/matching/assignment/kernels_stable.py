"""Deferred acceptance on plain arrays; see `stable` for what it means.

Edges (allowed pairs) are listed mentee by mentee: those of row u are indptr[u] : indptr[u + 1].
A person's taste is a triple compared in this order: tier (0 = first favourite, small is better),
fit (large is better), and the counterpart's number (small is better; the numbers are drawn).
Source: Gale & Shapley 1962, with seats.
"""

import numpy as np

from ..compiled import compiled
from .market import Floats, Ints, Longs

_SCANS = 4


@compiled
def _better(tier: Ints, fit: Floats, person: Ints, one: int, two: int) -> bool:
    """Whether edge `one` is liked better than edge `two`; person: the counterpart of each edge."""
    if tier[one] != tier[two]:
        return bool(tier[one] < tier[two])
    if fit[one] != fit[two]:
        return bool(fit[one] > fit[two])
    return bool(person[one] < person[two])


@compiled
def _sink(
    heap: Longs, first: int, size: int, at: int, top: bool,
    tier: Ints, fit: Floats, person: Ints,
) -> None:  # fmt: skip
    """Let the entry at place `at` of a heap sink; on top is the best (top) or the worst edge."""
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and (
            _better(tier, fit, person, heap[first + child + 1], heap[first + child]) == top
        ):
            child += 1
        if _better(tier, fit, person, heap[first + child], heap[first + at]) != top:
            return
        heap[first + at], heap[first + child] = heap[first + child], heap[first + at]
        at = child


@compiled
def _next(first: int, end: int, last: int, tier: Ints, fit: Floats, person: Ints) -> int:
    """The best edge from first to end that is worse than `last` (-1: of all); -1 if none is."""
    best = -1
    for edge in range(first, end):
        if best >= 0 and (fit[edge] < fit[best] and tier[edge] == tier[best]):
            continue
        if last >= 0 and not _better(tier, fit, person, last, edge):
            continue
        if best < 0 or _better(tier, fit, person, edge, best):
            best = edge
    return best


@compiled
def deferred_acceptance(
    indptr: Longs, column: Ints, row: Ints, seats: Longs,
    tier: Ints, fit: Floats, mentor_tier: Ints, mentor_fit: Floats,
) -> Longs:  # fmt: skip
    """The edge of every mentee, or -1: mentees propose, a full mentor keeps the liked best.

    Nobody's whole list is sorted: the first few favourites are looked up one by one, and only who
    has to go on beyond them gets the rest as a heap.
    Cost: O(edges + proposals × log(edges of a person)), 8 bytes per edge.
    """
    rows, columns = len(indptr) - 1, len(seats)
    degree = np.zeros(columns, np.int64)
    for edge in range(len(column)):
        degree[column[edge]] += 1
    first_seat = np.zeros(columns + 1, np.int64)
    for place in range(columns):
        first_seat[place + 1] = first_seat[place] + min(seats[place], degree[place])
    held = np.empty(first_seat[columns], np.int64)
    load = np.zeros(columns, np.int64)
    lists = np.empty(len(column), np.int64)
    left = np.full(rows, -1, np.int64)
    last = np.full(rows, -1, np.int64)
    tries = np.zeros(rows, np.int64)
    edge_of = np.full(rows, -1, np.int64)
    for proposer in range(rows):
        who = proposer
        while True:
            first, end = indptr[who], indptr[who + 1]
            if tries[who] < _SCANS:
                tries[who] += 1
                edge = _next(first, end, last[who], tier, fit, column)
                if edge < 0:
                    break
                last[who] = edge
            else:
                if left[who] < 0:
                    left[who] = 0
                    for other in range(first, end):
                        if _better(tier, fit, column, last[who], other):
                            lists[first + left[who]] = other
                            left[who] += 1
                    for at in range(left[who] // 2 - 1, -1, -1):
                        _sink(lists, first, left[who], at, True, tier, fit, column)
                if left[who] == 0:
                    break
                edge = lists[first]
                left[who] -= 1
                lists[first] = lists[first + left[who]]
                _sink(lists, first, left[who], 0, True, tier, fit, column)
            to = column[edge]
            seat, room = first_seat[to], first_seat[to + 1] - first_seat[to]
            if load[to] < room:
                held[seat + load[to]] = edge
                load[to] += 1
                edge_of[who] = edge
                if load[to] == room:
                    for at in range(room // 2 - 1, -1, -1):
                        _sink(held, seat, room, at, False, mentor_tier, mentor_fit, row)
                break
            if room == 0:
                continue
            worst = held[seat]
            if _better(mentor_tier, mentor_fit, row, edge, worst):
                held[seat] = edge
                _sink(held, seat, room, 0, False, mentor_tier, mentor_fit, row)
                edge_of[who] = edge
                who = row[worst]
                edge_of[who] = -1
    return edge_of
