"""What is made anew for every question, compiled: who is looked at, and the wanted topics."""

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..compiled import compiled
from .kernels import OWN, RELATED, ones

_ONE = np.uint64(1)

# Weights, lines, near_start, near, kind, touched and asked, as `Query` has them.
Topics = tuple[
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.uint8],
    NDArray[np.bool_],
    int,
]


@compiled
def narrow(
    eligible: NDArray[np.uint64], seated: NDArray[np.uint64], barred: NDArray[np.int64]
) -> int:
    """Take out who has no seat and who is barred; gives how many are left. Writes `eligible`."""
    for place in range(len(barred)):
        eligible[barred[place] >> 6] &= ~(_ONE << np.uint64(barred[place] & 63))
    count = 0
    for word in range(len(eligible)):
        eligible[word] &= seated[word]
        count += ones(eligible[word])
    return count


@compiled
def ask_topics(
    codes: NDArray[np.int32], start: NDArray[np.int32], related: NDArray[np.int32]
) -> Topics:
    """The wanted topics as a search reads them.

    codes: numbers of the topics, dearest first. start, related: the topics related to each of the
    catalogue, as CSR. Topics beyond the catalogue get lines behind it, in their order.
    """
    catalogue, wanted = len(start) - 1, len(codes)
    weights, lines = np.empty(wanted, np.int32), np.empty(wanted, np.int32)
    near_start = np.zeros(wanted + 1, np.int32)
    kind = np.zeros((catalogue, wanted), np.uint8)
    touched = np.zeros(catalogue, np.bool_)
    asked = rare = 0
    for w in range(wanted):
        code = codes[w]
        weights[w] = fits.topic_weight(w)
        asked += weights[w]
        near_start[w + 1] = near_start[w]
        if code >= catalogue:
            lines[w] = catalogue + rare
            rare += 1
            continue
        lines[w] = code
        near_start[w + 1] += start[code + 1] - start[code]
        for place in range(start[code], start[code + 1]):
            kind[related[place], w] = RELATED
            touched[related[place]] = True
        kind[code, w] = OWN
        touched[code] = True
    near = np.empty(near_start[wanted], np.int32)
    for w in range(wanted):
        if codes[w] < catalogue:
            first = start[codes[w]]
            for place in range(near_start[w + 1] - near_start[w]):
                near[near_start[w] + place] = related[first + place]
    return weights, lines, near_start, near, kind, touched, asked
