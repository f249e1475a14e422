"""Compiled sums over topics: what a line of mentors offers of what a mentee wants."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import fits
from .columns import Numbers, Rules, Side
from .compiled import compiled

# Sums of weight × points. Within 65,535 as long as a mentee wants at most MOST_WANTED topics.
Sums = NDArray[np.uint16]
MOST_WANTED = 250


class Offers(NamedTuple):
    """What mentors offer, by topic: points (`fits.topic_points`) as mentees and mentors see them.

    place: row of a topic in the tables, -1 = wanted by nobody. found, liked: uint8 (rows, mentors);
    the first mentor is number `first`. signature: of their texts, as `dots.layout` has it.
    """

    place: Numbers
    found: NDArray[np.uint8]
    liked: NDArray[np.uint8]
    signature: NDArray[np.int8]
    first: int


@compiled
def fill_offers(right: Side, rules: Rules, offers: Offers) -> None:
    """Write the tables for their mentors. Cost: linear in their topics and those related."""
    ranks = rules.worth.shape[2] - 1
    for column in range(offers.found.shape[1]):
        start = right.topic_start[offers.first + column]
        for at in range(start, right.topic_start[offers.first + column + 1]):
            topic = int(right.topics[at])
            rank = min(at - start, ranks)
            _note_offer(offers, rules.worth, 2, rank, topic, column)
            if topic < len(rules.related):
                for other in range(rules.near_start[topic], rules.near_start[topic + 1]):
                    _note_offer(offers, rules.worth, 1, rank, int(rules.near[other]), column)


@compiled
def _note_offer(
    offers: Offers, worth: NDArray[np.uint8], kind: int, rank: int, topic: int, column: int
) -> None:
    place = offers.place[topic]
    if place >= 0:
        offers.found[place, column] = max(offers.found[place, column], worth[0, kind, rank])
        offers.liked[place, column] = max(offers.liked[place, column], worth[1, kind, rank])


@compiled
def add_offers(left: Side, row: int, offers: Offers, first: int, found: Sums, liked: Sums) -> None:
    """Sums of weight × points for a line of mentors, from the tables."""
    found[:] = 0
    liked[:] = 0
    start, length = left.topic_start[row], len(found)
    for at in range(start, left.topic_start[row + 1]):
        weight = np.uint16(fits.topic_weight(at - start))
        place = offers.place[left.topics[at]]
        if place >= 0:
            line = offers.found[place, first : first + length]
            for j in range(length):
                found[j] += weight * np.uint16(line[j])
            line = offers.liked[place, first : first + length]
            for j in range(length):
                liked[j] += weight * np.uint16(line[j])


@compiled
def look_offers(
    left: Side, row: int, right: Side, columns: Numbers, rules: Rules, found: Sums, liked: Sums
) -> None:
    """The same sums for single mentors, from their lists."""
    ranks = rules.worth.shape[2] - 1
    start = left.topic_start[row]
    for place in range(len(columns)):
        column = columns[place]
        begin, end = right.topic_start[column], right.topic_start[column + 1]
        sum_found, sum_liked = 0, 0
        for at in range(start, left.topic_start[row + 1]):
            wanted = int(left.topics[at])
            best, liking = np.uint8(0), np.uint8(0)
            for other in range(begin, end):
                topic = int(right.topics[other])
                kind = 0
                if topic == wanted:
                    kind = 2
                elif max(topic, wanted) < len(rules.related):
                    kind = int(rules.related[wanted, topic])
                rank = min(other - begin, ranks)
                best = max(best, rules.worth[0, kind, rank])
                liking = max(liking, rules.worth[1, kind, rank])
            weight = fits.topic_weight(at - start)
            sum_found += weight * int(best)
            sum_liked += weight * int(liking)
        found[place], liked[place] = np.uint16(sum_found), np.uint16(sum_liked)
