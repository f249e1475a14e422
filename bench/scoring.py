"""Scoring all pairs: beside NumPy in blocks, and beside the work that nobody can leave out.

The floor is one matrix product (the 64 numbers of the texts) and the bits that pairs have in
common: topics, languages, answers, hours. It knows no rule, no weight and no view, and writes one
number a pair. All sides run on all cores.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.measure import in_turns
from bench.numpy_scoring import Prepared, blocks
from bench.results import Comparison
from tandemwerk.matching import Criteria, Mentee, Mentor
from tandemwerk.matching.compiled import compiled
from tandemwerk.matching.encoding import BITS, People
from tandemwerk.matching.lines import bit_count
from tandemwerk.matching.scorer import Encoded, Scorer, _share_out, encode
from tandemwerk.matching.synthetic import population

SIZES = (1000, 2000, 10_000)
TOPIC_WORDS = 4
LINE = 2048  # mentors at a time, so that their columns stay in the cache

Bits = NDArray[np.uint64]
Totals = NDArray[np.float32]
PEER, FLOOR = "NumPy blocks", "matrix product + bit counts"


def lines(*, repeats: int, largest: int, seed: int) -> Iterator[str | Comparison]:
    """One comparison per size: from people to totals and rules, and from columns to them."""
    yield "All criteria and hard rules, synthetic people with texts, teams, lines and wishes."
    for size in (size for size in SIZES if size <= largest):
        mentees, mentors = population(size, size, seed)
        yield from _compared(mentees, mentors, repeats)


def _compared(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], repeats: int
) -> Iterator[Comparison]:
    criteria, people = Criteria(), encode(mentees, mentors)
    shape = (len(mentees), len(mentors))
    out = np.empty(shape, np.float32), np.empty(shape, np.int8)
    scorer, floor = Scorer(people, criteria), Floor(people)

    prepared = Prepared(mentees, mentors, criteria)

    def in_numpy(columns: Prepared) -> None:
        for rows, totals, rules in blocks(columns):
            out[0][rows], out[1][rows] = totals[0], rules

    found = in_turns(
        {
            "people": lambda: Scorer(encode(mentees, mentors), criteria).block(out=out),
            "numpy people": lambda: in_numpy(Prepared(mentees, mentors, criteria)),
            "numpy columns": lambda: in_numpy(prepared),
            "columns": lambda: scorer.block(out=out),
            FLOOR: lambda: floor.run(out[0]),
        },
        repeats=repeats,
    )
    size = f"{shape[0]:,} × {shape[1]:,}"
    yield Comparison(
        f"{size}, from people to totals", found["people"], {PEER: found["numpy people"]}
    )
    yield Comparison(
        f"{size}, from columns to totals",
        found["columns"],
        {PEER: found["numpy columns"]},
        floors={FLOOR: found[FLOOR]},
    )


class Floor:
    """The unavoidable work on the same people, prepared."""

    def __init__(self, people: Encoded) -> None:
        self.left, self.right = people.mentees, people.mentors
        self.own = self.left.signature.astype(np.float32)
        self.others = np.ascontiguousarray(self.right.signature.T.astype(np.float32))
        self.left_bits, self.right_bits = bits_of(self.left), bits_of(self.right)

    def run(self, out: Totals) -> None:
        """Dot products of all pairs into `out`, then the counts of common bits."""
        np.matmul(self.own, self.others, out=out)

        def work(rows: tuple[int, int]) -> None:
            count_all(self.left_bits, rows[0], rows[1], self.right_bits, out)

        _share_out(work, (0, len(out)), out.size)


def bits_of(people: People) -> Bits:
    """All sets of a person as words, (words, people): topics, languages, answers, hours."""
    topics = np.zeros((TOPIC_WORDS, len(people)), dtype=np.uint64)
    whose = np.repeat(np.arange(len(people)), np.diff(people.topic_start))
    word, bit = people.topics // BITS % TOPIC_WORDS, people.topics % BITS
    np.bitwise_or.at(topics, (word, whose), np.uint64(1) << bit.astype(np.uint64))
    parts = (topics, people.languages, people.levels, people.answered, people.week)
    return np.ascontiguousarray(np.concatenate(parts))


@compiled
def count_all(left: Bits, first: int, last: int, right: Bits, out: Totals) -> None:
    """out[row, column] += how many bits a mentee of these rows and a mentor have in common."""
    counts = np.empty(LINE, dtype=np.uint64)
    for begin in range(0, right.shape[1], LINE):
        end = min(begin + LINE, right.shape[1])
        for row in range(first, last):
            counts[:] = np.uint64(0)
            for word in range(len(left)):
                mask, line = left[word, row], right[word, begin:end]
                for j in range(end - begin):
                    counts[j] += bit_count(mask & line[j])
            total = out[row, begin:end]
            for j in range(end - begin):
                total[j] += np.float32(np.int64(counts[j]))
