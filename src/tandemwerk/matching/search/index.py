"""The columns of a population and the lists over them, kept in step row by row."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..catalogue import topics
from ..encoding import WEEK_WORDS, People, Vocabulary
from .columns import (
    ANSWERS,
    FLAGS,
    HAS_TEXT,
    JOB,
    LISTED,
    MORE_TOPICS,
    NO_TOPIC,
    TONGUE,
    TOPIC_WORDS,
    WAY,
    WORD,
    YEARS,
    empty_columns,
    packed,
    words_of,
)
from .dictionaries import Answers, number_rows

# Room beyond what is needed when columns grow, so that adding one by one stays linear.
SPARE = 8


class Index:
    """Mentors as numbers 0 … size - 1, without their names: what a worker needs to search.

    vocabulary: the numbering of words, shared with the mentees who ask. jobs: (function,
    industry); ways: (formats, site); tongues: words of language bits; years: the bits of a
    float32. rare: topic outside the catalogue -> mentors offering it (the catalogue's topics are
    bit columns). epoch rises with every change, so that what was derived can be dropped.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.catalogue_size = len(topics())
        self.size = 0
        self.epoch = 0
        self.jobs: Answers[tuple[int, ...]] = Answers()
        self.ways: Answers[tuple[int, ...]] = Answers()
        self.tongues: Answers[tuple[int, ...]] = Answers()
        self.years: Answers[tuple[int, ...]] = Answers()
        self.rare: dict[int, set[int]] = {}
        self._rare_of: dict[int, tuple[int, ...]] = {}
        self.columns = empty_columns(0, self.catalogue_size, 1)

    @property
    def room(self) -> int:
        """Mentors that fit before the columns grow."""
        return len(self.columns.answers)

    @property
    def answer_words(self) -> int:
        return int(self.columns.record.shape[1] - ANSWERS) // 2

    def extend(self, people: People, order: NDArray[np.int64]) -> None:
        """Append people. order: their place among all ids. Cost: linear, vectorised."""
        start, count = self.size, len(people)
        self._reserve(start + count, people.levels.shape[0])
        rows = np.arange(start, start + count)
        self._write(rows, people)
        self.columns.order[rows] = order
        self.size += count
        self.epoch += 1

    def put(self, row: int, people: People) -> None:
        """Replace one mentor by the only person in `people`. Cost: O(profile)."""
        self._reserve(self.size, people.levels.shape[0])
        self._forget(row)
        self._write(np.array([row]), people)
        self.epoch += 1

    def drop(self, row: int) -> None:
        """Take one mentor out; the last one moves to their place. Cost: O(profile)."""
        self._forget(row)
        last = self.size - 1
        if row != last:
            c = self.columns
            for name in ("answers", "record", "signature"):
                column = getattr(c, name)
                column[row] = column[last]
            c.order[row] = c.order[last]
            for bits in (c.topics, c.open[None, :]):
                moved = bits[:, last // WORD] >> np.uint64(last % WORD) & np.uint64(1)
                bits[:, row // WORD] |= moved << np.uint64(row % WORD)
            codes = self._rare_of.get(last, ())
            self._forget(last)
            self._note_rare(row, codes)
        self.size -= 1
        self.epoch += 1

    def reserve(self, size: int) -> None:
        """Make room for so many mentors at once."""
        self._reserve(size, self.answer_words)

    def topic_bits(self, code: int) -> NDArray[np.uint64]:
        """A bit per mentor who offers a topic. Cost: size / 8 bytes."""
        if code < self.catalogue_size:
            return self.columns.topics[code, : words_of(self.size)]
        flags = np.zeros(self.size, dtype=np.bool_)
        flags[list(self.rare.get(code, ()))] = True
        return packed(flags)

    def _write(self, rows: NDArray[np.int64], people: People) -> None:
        """Fill rows that are empty (no bit set)."""
        c = self.columns
        c.answers[rows, JOB] = number_rows(self.jobs, _keys(people.function, people.industry))
        c.answers[rows, WAY] = number_rows(self.ways, _keys(people.formats, people.site))
        c.answers[rows, TONGUE] = number_rows(self.tongues, people.languages.view(np.int64))
        c.answers[rows, YEARS] = number_rows(self.years, _keys(people.years.view(np.int32)))
        words = people.levels.shape[0]
        record = np.zeros((len(people), c.record.shape[1]), dtype=np.uint64)
        record[:, :WEEK_WORDS] = people.week.T
        record[:, FLAGS] = people.team.astype(np.uint64)
        record[:, FLAGS] |= people.has_text.astype(np.uint64) << np.uint64(HAS_TEXT)
        record[:, ANSWERS : ANSWERS + words] = people.levels.T
        answered = ANSWERS + self.answer_words
        record[:, answered : answered + words] = people.answered.T
        self._write_topics(rows, people, record)
        c.record[rows] = record
        c.signature[rows] = people.signature
        _set_bits(c.open, rows[people.seats > 0])

    def _write_topics(
        self, rows: NDArray[np.int64], people: People, record: NDArray[np.uint64]
    ) -> None:
        c = self.columns
        counts = np.diff(people.topic_start)
        owner = np.repeat(rows, counts)
        codes = people.topics.astype(np.int64)
        known = codes < self.catalogue_size
        words = c.topics.shape[1]
        flat = c.topics.reshape(-1)
        _set_bits(flat, codes[known] * words * WORD + owner[known])
        _set_bits(c.topics[self.catalogue_size], rows[counts == 0])
        listed = np.full((len(people), LISTED), NO_TOPIC, dtype=np.uint16)
        for rank in range(LISTED):
            has = counts > rank
            listed[has, rank] = people.topics[people.topic_start[:-1][has] + rank]
        record[:, TOPIC_WORDS:FLAGS] = listed.view("<u8")
        record[:, FLAGS] |= (counts > LISTED).astype(np.uint64) << np.uint64(MORE_TOPICS)
        others: dict[int, list[int]] = {}
        for row, code in zip(owner[~known].tolist(), codes[~known].tolist(), strict=True):
            others.setdefault(row, []).append(code)
        for row, own in others.items():
            self._note_rare(row, own)

    def _note_rare(self, row: int, codes: Sequence[int]) -> None:
        if codes:
            self._rare_of[row] = tuple(codes)
        for code in codes:
            self.rare.setdefault(code, set()).add(row)

    def _forget(self, row: int) -> None:
        """Clear a row's bits and lists; its plain columns are overwritten later or never read."""
        c = self.columns
        keep = ~(np.uint64(1) << np.uint64(row % WORD))
        c.topics[:, row // WORD] &= keep
        c.open[row // WORD] &= keep
        for code in self._rare_of.pop(row, ()):
            owners = self.rare[code]
            owners.discard(row)
            if not owners:
                del self.rare[code]

    def _reserve(self, size: int, answer_words: int) -> None:
        """Make room; columns are copied when there is none. Cost: linear, seldom."""
        words = max(answer_words, self.answer_words)
        if size <= self.room and words == self.answer_words:
            return
        # Growing one by one doubles nothing: an eighth more each time keeps adding linear.
        room = size if not self.room else max(self.room, size + size // SPARE)
        old, new = self.columns, empty_columns(room, self.catalogue_size, words)
        kept = self.size
        for name in ("answers", "signature", "order"):
            getattr(new, name)[:kept] = getattr(old, name)[:kept]
        new.topics[:, : words_of(kept)] = old.topics[:, : words_of(kept)]
        new.open[: words_of(kept)] = old.open[: words_of(kept)]
        had = self.answer_words
        new.record[:kept, : ANSWERS + had] = old.record[:kept, : ANSWERS + had]
        answered = slice(ANSWERS + words, ANSWERS + words + had)
        new.record[:kept, answered] = old.record[:kept, ANSWERS + had :]
        self.columns = new


def _keys(*columns: NDArray[np.generic]) -> NDArray[np.int64]:
    return np.stack([column.astype(np.int64) for column in columns])


def _set_bits(words: NDArray[np.uint64], places: Iterable[int] | NDArray[np.int64]) -> None:
    places = np.asarray(places, dtype=np.int64)
    np.bitwise_or.at(words, places // WORD, np.uint64(1) << (places % WORD).astype(np.uint64))
