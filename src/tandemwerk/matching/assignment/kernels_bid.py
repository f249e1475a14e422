"""Auctions without a minimum increment: fast, and every step keeps the prices exact.

A bidder takes the place it likes best and bids its price up to where the second best would be
as good; whoever is outbid bids again. Bidding stops where a bid would not raise a price (ties) or
after a number of tries; what is left goes to the shortest paths. As prices only rise, everybody
seated still likes their place best: complementary slackness holds without any epsilon.
Source: Bertsekas 1988, and the augmenting row reduction of Jonker & Volgenant 1987.
"""

import numpy as np

from ..compiled import compiled
from .market import Floats, Ints, Longs


@compiled
def push_bid(bid: Floats, member: Ints, base: int, size: int, level: float, i: int) -> None:
    """Add a bid to a mentor's heap, the slots from `base` on, that has `size` bids."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if bid[base + above] <= level:
            break
        bid[base + place] = bid[base + above]
        member[base + place] = member[base + above]
        place = above
    bid[base + place] = level
    member[base + place] = i


@compiled
def swap_least(bid: Floats, member: Ints, base: int, size: int, level: float, i: int) -> None:
    """Put a bid in place of the lowest of a mentor's heap that has `size` bids."""
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and bid[base + below + 1] < bid[base + below]:
            below += 1
        if level <= bid[base + below]:
            break
        bid[base + place] = bid[base + below]
        member[base + place] = member[base + below]
        place = below
    bid[base + place] = level
    member[base + place] = i


@compiled
def rows_bid(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    seats: Longs,
    outside: float,
    limit: int,
    work: int,
    start: Longs,
    bid: Floats,
    member: Ints,
    load: Longs,
    price: Floats,
    tries: Ints,
    waiting: Ints,
    count: int,
    left: Longs,
    left_count: int,
) -> tuple[int, int]:
    """Mentees bid for seats; a mentor's seats are a heap of bids, the lowest is the price.

    outside: what a mentee gains without a seat (-inf: must have one). limit: bids per mentee.
    work: edges to look at before returning. start: first slot per mentor (slots: the seats, at
    most the mentor's edges); bid, member: per slot. waiting[:count]: a stack of mentees to bid.
    left[:left_count]: those who gave up. Returns the new (count, left_count).
    """
    while count > 0 and work > 0:
        count -= 1
        i = waiting[count]
        if tries[i] >= limit:
            left[left_count] = i
            left_count += 1
            continue
        tries[i] += 1
        work -= indptr[i + 1] - indptr[i]
        first, second = -np.inf, -np.inf
        j, own = -1, 0.0
        for e in range(indptr[i], indptr[i + 1]):
            gain = fits[e] - price[columns[e]]
            if gain > second:
                if gain > first:
                    second = first
                    first = gain
                    j = columns[e]
                    own = fits[e]
                else:
                    second = gain
        if first <= outside:
            continue
        # Nothing else to go to: bid a finite step, or no price could ever be compared again.
        second = max(second, outside, first - 1.0 - abs(first))
        level = own - second
        base = start[j]
        slots = start[j + 1] - base
        if load[j] < slots:
            push_bid(bid, member, base, load[j], level, i)
            load[j] += 1
            if load[j] == seats[j]:
                price[j] = max(0.0, bid[base])
        elif level <= bid[base]:
            left[left_count] = i
            left_count += 1
        else:
            waiting[count] = member[base]
            count += 1
            swap_least(bid, member, base, slots, level, i)
            price[j] = max(price[j], bid[base])
    return count, left_count


@compiled
def bid_levels(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    outside: float,
    mate: Longs,
    load: Longs,
    price: Floats,
    start: Longs,
    level: Floats,
    member: Ints,
) -> None:
    """Write seated rows into the auction's slots, as if each had just bid at these prices."""
    load[:] = 0
    for i in range(len(mate)):
        j = mate[i]
        if j < 0:
            continue
        second = outside
        own = 0.0
        for e in range(indptr[i], indptr[i + 1]):
            if columns[e] == j:
                own = fits[e]
            else:
                second = max(second, fits[e] - price[columns[e]])
        gain = own - price[j]
        bid = max(price[j], own - max(second, gain - 1.0 - abs(gain)))
        push_bid(level, member, start[j], load[j], bid, i)
        load[j] += 1


@compiled
def slots_of(start: Longs, member: Ints, load: Longs, rows: int) -> Longs:
    """The mentor in whose slots each row is, -1 for none."""
    mate = np.full(rows, -1, np.int64)
    for j in range(len(load)):
        for place in range(start[j], start[j] + load[j]):
            mate[member[place]] = j
    return mate


@compiled
def seat_rows(
    indptr: Longs,
    columns: Ints,
    fits: Floats,
    mate: Longs,
    mate_fit: Floats,
    head: Longs,
    after: Longs,
    before: Longs,
    load: Longs,
) -> None:
    """Write the mates as linked lists of members, into an empty state; the lower row is last."""
    for i in range(len(mate)):
        j = mate[i]
        if j < 0:
            continue
        load[j] += 1
        before[i] = -1
        after[i] = head[j]
        if head[j] >= 0:
            before[head[j]] = i
        head[j] = i
        for e in range(indptr[i], indptr[i + 1]):
            if columns[e] == j:
                mate_fit[i] = fits[e]
                break


@compiled
def seats_bid(
    indptr: Longs,
    rows: Ints,
    fits: Floats,
    work: int,
    need: Longs,
    tries: Longs,
    worth: Floats,
    holder: Ints,
    hold_fit: Floats,
    waiting: Ints,
    count: int,
    queued: Ints,
) -> int:
    """Mentors bid for mentees, where mentees are plenty: the auction with the sides exchanged.

    indptr, rows, fits: by mentor. need: seats still empty per mentor. worth: price per mentee,
    >= 0, 0 while without mentor. holder, hold_fit: per mentee. waiting[:count]: a stack of
    mentors with empty seats, queued: 1 for those in it. Returns the new count; mentors that gave
    up leave the stack with need > 0.
    """
    most = 8
    top = np.empty(most + 1)
    top_edge = np.empty(most + 1, np.int64)
    while count > 0 and work > 0:
        count -= 1
        j = waiting[count]
        queued[j] = 0
        if tries[j] <= 0:
            continue
        want = min(need[j], most)
        size = 0
        for e in range(indptr[j], indptr[j + 1]):
            r = rows[e]
            gain = fits[e] - worth[r]
            if size > want and gain <= top[size - 1]:
                continue
            if holder[r] == j:
                continue
            place = size
            if size > want:
                place = size - 1
            else:
                size += 1
            while place > 0 and top[place - 1] < gain:
                top[place] = top[place - 1]
                top_edge[place] = top_edge[place - 1]
                place -= 1
            top[place] = gain
            top_edge[place] = e
        work -= indptr[j + 1] - indptr[j]
        if size == 0:
            continue
        if size > want:
            mark = top[size - 1]
            size -= 1
        else:
            mark = top[size - 1] - 1.0 - abs(top[size - 1])
        won = 0
        for place in range(size):
            e = top_edge[place]
            r = rows[e]
            level = fits[e] - mark
            loser = holder[r]
            if loser >= 0:
                if level <= worth[r]:
                    continue
                need[loser] += 1
                if queued[loser] == 0:
                    queued[loser] = 1
                    waiting[count] = loser
                    count += 1
            worth[r] = max(level, 0.0)
            holder[r] = j
            hold_fit[r] = fits[e]
            won += 1
        need[j] -= won
        tries[j] -= won
        if need[j] > 0 and won > 0 and queued[j] == 0:
            queued[j] = 1
            waiting[count] = j
            count += 1
    return count
