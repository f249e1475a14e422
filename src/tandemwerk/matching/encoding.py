"""People as columns of numbers: the one form that scoring and search read.

A person is encoded alone: nothing in their columns depends on who else is there, beside the
numbering of words (`Vocabulary`), of which only equality matters. So people can be added and
changed one by one, and a pair's score is the same in every population.

| column | type a person | meaning |
|---|---|---|
| topics | uint16 each, ranked | numbers of topics, most important first |
| languages | uint64 × words (1) | bit per language |
| years | float32 | NaN = not answered |
| industry, function, team, site | int32 each | number of the word (`rules.same_key`), 0 = none |
| formats | uint8 | ONLINE, ON_SITE |
| levels, answered | uint64 × words (1) | four bits an item: a thermometer, 3 -> 0011; all four |
| week | uint64 × 3 | bit h % 64 of word h // 64 = hour h |
| signature | int8 × 64 | what the free text is about, see `signatures`; with `has_text` |
| seats | int32 | 1 for mentees |

Free text of two people is compared by the dot product of their signatures (whole numbers, exact in
float32): `fits.text_fit` is (dot - 1600) / 8192, held between 0 and 1. Topics count through
`fits.topic_weight` of a wanted topic's rank times `fits.topic_points` of the best offer for it.

Distances and counts are popcounts of these bits: |a - b| over the items both answered is
popcount((levels_a ^ levels_b) & answered_a & answered_b), their number popcount(answered_a &
answered_b) / 4. Word counts of two sides may differ (the vocabulary grew between): missing words
are zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .catalogue import topics
from .languages import known_languages
from .profiles import HOURS_PER_WEEK, Mentor, Person
from .rules import same_key
from .signatures import SIGNATURE_SIZE, signatures
from .text_models import TextModel

ONLINE, ON_SITE = 1, 2
BITS = 64
WEEK_WORDS = -(-HOURS_PER_WEEK // BITS)
ITEM_BITS = 4  # steps between the lowest and the highest answer
ITEMS_PER_WORD = BITS // ITEM_BITS

Bits = NDArray[np.uint64]
Codes = NDArray[np.int32]


class Vocabulary:
    """Numbers for the words people use; grows as people are encoded, never renumbers.

    Topics of the catalogue come first, sorted by slug, languages with a name likewise, so that
    these numbers are the same in every process; what else people wrote follows as it was met.
    """

    def __init__(self) -> None:
        self.topics = {slug: number for number, slug in enumerate(sorted(topics()))}
        self.languages = {code: number for number, code in enumerate(known_languages())}
        self.items: dict[str, int] = {}
        self._codes: dict[str, dict[str, int]] = {}
        self._raw: dict[str, dict[str, int]] = {}

    def code(self, kind: str, word: str) -> int:
        """The number of a word of a kind ("industry", "site", ...); 0 for none."""
        raw = self._raw.setdefault(kind, {"": 0})
        number = raw.get(word)
        if number is None:
            codes = self._codes.setdefault(kind, {"": 0})
            number = raw[word] = codes.setdefault(same_key(word), len(codes))
        return number


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One side of a population as columns; see the module for their meaning.

    Shapes: topics flat, person p's are topics[topic_start[p] : topic_start[p + 1]]; bit columns
    (words, people), so that a column is scanned in a line; signature (people, 64).
    """

    ids: tuple[str, ...]
    topic_start: NDArray[np.int64]
    topics: NDArray[np.uint16]
    languages: Bits
    years: NDArray[np.float32]
    industry: Codes
    function: Codes
    team: Codes
    site: Codes
    formats: NDArray[np.uint8]
    levels: Bits
    answered: Bits
    week: Bits
    has_text: NDArray[np.bool_]
    signature: NDArray[np.int8]
    seats: Codes

    def __len__(self) -> int:
        return len(self.ids)


def encode_people(
    people: Iterable[Person], vocabulary: Vocabulary, text_model: TextModel | None = None
) -> People:
    """The columns of these people, in their order. Cost: linear, about 25 µs a person.

    text_model: what turns texts into signatures instead of the built-in `signatures`.
    """
    rows = tuple(people)
    texts = [person.text for person in rows]
    read = signatures if text_model is None else text_model.signatures
    flat = [[_number(vocabulary.topics, slug) for slug in person.topics] for person in rows]
    spoken = [[_number(vocabulary.languages, c) for c in person.languages] for person in rows]
    levels, answered = _answers(rows, vocabulary)
    return People(
        ids=tuple(person.id for person in rows),
        topic_start=np.cumsum([0, *map(len, flat)], dtype=np.int64),
        topics=np.array([number for numbers in flat for number in numbers], dtype=np.uint16),
        languages=_bits(spoken, -(-len(vocabulary.languages) // BITS)),
        years=np.array([_years(person) for person in rows], dtype=np.float32),
        industry=_codes(vocabulary, "industry", (person.industry for person in rows)),
        function=_codes(vocabulary, "function", (person.function for person in rows)),
        team=_codes(vocabulary, "team", (person.team for person in rows)),
        site=_codes(vocabulary, "site", (person.site for person in rows)),
        formats=np.array([_formats(person) for person in rows], dtype=np.uint8),
        levels=levels,
        answered=answered,
        week=_weeks(rows),
        has_text=np.array([bool(text.strip()) for text in texts], dtype=np.bool_),
        signature=read(texts).reshape(len(rows), SIGNATURE_SIZE),
        seats=np.array([p.seats if isinstance(p, Mentor) else 1 for p in rows], dtype=np.int32),
    )


def _number(numbers: dict[str, int], word: str) -> int:
    return numbers.setdefault(word, len(numbers))


def _years(person: Person) -> float:
    return np.nan if person.experience_years is None else person.experience_years


def _formats(person: Person) -> int:
    return ONLINE * ("online" in person.formats) + ON_SITE * ("on_site" in person.formats)


def _codes(vocabulary: Vocabulary, kind: str, words: Iterable[str]) -> Codes:
    code: Callable[[str, str], int] = vocabulary.code
    return np.array([code(kind, word) for word in words], dtype=np.int32)


def _bits(rows: Sequence[Sequence[int]], words: int) -> Bits:
    """Sets of bit numbers as columns of words."""
    masks = [sum(1 << number for number in numbers) for numbers in rows]
    return _words(masks, words)


def _words(masks: Sequence[int], words: int) -> Bits:
    """Whole numbers below 2**(64 words) as (words, people)."""
    packed = b"".join(mask.to_bytes(8 * words, "little") for mask in masks)
    table = np.frombuffer(packed, dtype="<u8").reshape(len(masks), words)
    # A copy: arrays over bytes are read-only, which would be another type for compiled code.
    return np.array(table.T, dtype=np.uint64, order="C")


def _weeks(people: Sequence[Person]) -> Bits:
    return _words([person.week for person in people], WEEK_WORDS)


def _answers(people: Sequence[Person], vocabulary: Vocabulary) -> tuple[Bits, Bits]:
    """Answers as thermometers, and the items answered with all their bits set."""
    items = vocabulary.items
    levels, answered = [], []
    for person in people:
        level = known = 0
        for item, value in person.values.items():
            shift = ITEM_BITS * _number(items, item)
            level |= ((1 << (value - 1)) - 1) << shift
            known |= 15 << shift
        levels.append(level)
        answered.append(known)
    words = max(1, -(-len(items) // ITEMS_PER_WORD))
    return _words(levels, words), _words(answered, words)
