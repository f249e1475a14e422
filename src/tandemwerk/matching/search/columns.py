"""What a scan reads of mentors: small columns for everyone, details for those still in the race.

| column | bytes a mentor | meaning |
|---|---|---|
| topics | 1/8 for each wanted topic and its relatives | a bit per mentor and catalogue topic |
| open | 1/8 | a bit per mentor with a seat left |
| answers | 16 | numbers of distinct answers: job, way, tongue, years (`dictionaries`) |
| record | 48 + 16 for each 16 questionnaire items | free hours, eight topics, team, answers |
| signature | 64 | `texts`: meaning of the free text |

With up to 16 items that is 144 bytes and the wanted topics' bits, of which a usual query reads
less than 20 for most mentors. Held in memory are 30 more bytes (the other topics' bits) and 8 for
the order of ids. A record of 64 bytes is one line of the processor's cache.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]

WORD = 64
# Words of a record: three of free hours, two with four topics each, flags, then the answers
# (levels, then answered). Flags: the team in the lower half, then HAS_TEXT, then MORE_TOPICS.
TOPIC_WORDS, FLAGS, ANSWERS = 3, 5, 6
# Side by side, so that who is looked at alone costs one line of the processor's cache, not four.
JOB, WAY, TONGUE, YEARS = 0, 1, 2, 3
LISTED = 8  # topics in a record; who offers more has MORE_TOPICS set
NO_TOPIC = 0xFFFF
HAS_TEXT, MORE_TOPICS = 32, 33


class Columns(NamedTuple):
    """The arrays of a population with room for n mentors, all C-contiguous.

    topics: uint64 (catalogue topics + 1, words); the last line marks mentors without any topic.
    open: uint64 (words,). answers: uint32 (n, 4). record: uint64 (n, 6 + 2 × words of answers).
    signature: int8 (n, 64). order: int64 (n,), ascending with the id, decides
    between equals.
    """

    topics: Bits
    open: Bits
    answers: NDArray[np.uint32]
    record: Bits
    signature: NDArray[np.int8]
    order: NDArray[np.int64]

    def readonly(self) -> "Columns":
        """Views no kernel may write to: one type for numba in every process, whether the memory is
        its own, mapped or Ray's."""
        return Columns._make(_view(array) for array in self)


def _view(array: NDArray[np.generic]) -> NDArray[np.generic]:
    view = array.view()
    view.flags.writeable = False
    return view


def words_of(size: int) -> int:
    """Words of 64 bits for so many mentors."""
    return -(-size // WORD)


def empty_columns(size: int, topics: int, answer_words: int) -> Columns:
    """Columns for `size` mentors, all zero; whole words, so that a scan need not look for ends."""
    words = words_of(size)
    size, width = words * WORD, ANSWERS + 2 * answer_words
    return Columns(
        topics=np.zeros((topics + 1, words), dtype=np.uint64),
        open=np.zeros(words, dtype=np.uint64),
        answers=_aligned(size * 16).view(np.uint32).reshape(size, 4),
        record=_aligned(size * width * 8).view(np.uint64).reshape(size, width),
        signature=_aligned(size * 64).view(np.int8).reshape(size, 64),
        order=np.zeros(size, dtype=np.int64),
    )


def _aligned(size: int) -> NDArray[np.uint8]:
    """Zero bytes that start where a line of the processor's cache does."""
    room = np.zeros(size + WORD, dtype=np.uint8)
    start = -room.ctypes.data % WORD
    return room[start : start + size]


def packed(flags: NDArray[np.bool_]) -> Bits:
    """Flags as words of 64 bits, bit i % 64 of word i // 64."""
    room = np.zeros(words_of(len(flags)) * 8, dtype=np.uint8)
    bits = np.packbits(flags, bitorder="little")
    room[: len(bits)] = bits
    return room.view("<u8").astype(np.uint64, copy=False)
