"""What single people have to do with each other, as numbers of mentors: one Pairing a mentee."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..profiles import Mentee
from .columns import WORD, Bits
from .population import Population
from .relations import Lines, wish_worths
from .topk import Pairing


def pairings_of(
    mentees: Sequence[Mentee],
    population: Population,
    eligible: Bits,
    forbidden: Iterable[tuple[str, str]] = (),
) -> Iterator[Pairing]:
    """A Pairing for each mentee, in their order. Reporting lines run through mentees and mentors.

    eligible: who counts as being there when a mentee names favourites. forbidden: pairs of ids
    that must not be; unknown ones are ignored.
    """
    lines = Lines(population, population.relations, mentees)
    never: dict[str, list[str]] = {}
    for mentee_id, mentor_id in forbidden:
        never.setdefault(mentee_id, []).append(mentor_id)
    for mentee in mentees:
        barred = lines.barred(mentee)
        barred.update(never.get(mentee.id, ()))
        worths = wish_worths(mentee, population, population.relations)
        wished = {population.number_of(name): both for name, both in worths.items()}
        own = population.numbers(mentee.wishes)
        yield Pairing(population.numbers(barred), wished, bool(_any(eligible, own)))


def _any(bits: Bits, numbers: NDArray[np.int64]) -> bool:
    found = bits[numbers // WORD] >> (numbers % WORD).astype(np.uint64)
    return bool((found & np.uint64(1)).any())
