"""A mentee's question as arrays: every distinct answer scored once, by the functions of `fits`."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .. import fits
from ..catalogue import topics
from ..criteria import Criteria, Criterion
from ..encoding import ON_SITE, ONLINE, People
from ..fits import Array, Flags
from ..profiles import HOURS_PER_WEEK
from .columns import Bits, words_of
from .index import Index
from .kernels import WISHES, Query
from .kernels_ask import ask_topics

Found = TypeVar("Found")
Table = NDArray[np.int64]

# Tables remembered per kind of answer: a cohort has few distinct ones.
KEPT = 4096


class Asking:
    """One programme's criteria against one index; makes a Query per mentee in some 20 µs.

    Tables are remembered per distinct answer of the mentees, and dropped when the index changes.
    """

    def __init__(self, index: Index, criteria: Criteria) -> None:
        self.index, self.criteria = index, criteria
        self.share = fits.shares_of(criteria.weights)
        self.shares = np.array([self.share.get(c, 0) for c in Criterion], dtype=np.float32)
        self.musts = np.array([c in criteria.musts for c in Criterion], dtype=np.bool_)
        self.hours = self._hours()
        # What a question costs is felt where few are eligible: these are the same for everybody.
        self._mosts = {
            criterion: (self._most(criterion, unknown), self._most(criterion, np.float32(1)))
            for criterion, unknown in (
                (Criterion.AVAILABILITY, fits.UNKNOWN_TIMES),
                (Criterion.VALUES, fits.UNKNOWN),
                (Criterion.TEXT, fits.UNKNOWN_TEXT),
            )
        }
        nothing = np.full(1, fits.NOT_WISHED)
        self._wish: np.float32 = self.wish_points(nothing, nothing)[0]
        self._epoch = -1
        self._kept: dict[Hashable, Array] = {}

    def query(self, people: People, place: int, eligible: Bits) -> Query:
        """The question of the person at this place of `people`.

        eligible: whom to look at, words of 64 bits; those without a seat, and pairs under rules
        about single people, are taken out by the caller.
        """
        self._renew()
        index, person = self.index, _One(people, place)
        codes = person.topics
        weights, lines, near_start, near, kind, touched, asked = ask_topics(codes, *_related())
        extra = self._no_extra
        if len(codes) and codes.max() >= index.catalogue_size:
            rare = [code for code in codes.tolist() if code >= index.catalogue_size]
            extra = np.stack([index.topic_bits(code) for code in rare])
        words = index.answer_words
        week, text = bool(people.week[:, place].any()), bool(people.has_text[place])
        return Query(
            shares=self.shares,
            musts=self.musts,
            eligible=eligible,
            weights=weights,
            codes=codes,
            lines=lines,
            near_start=near_start,
            near=near,
            extra=extra,
            kind=kind,
            touched=touched,
            job=self._table("job", person.job, self._jobs),
            way=self._table("way", person.way, self._ways),
            tongue=self._table("tongue", person.tongue, self._tongues),
            years=self._table("years", person.years, self._years),
            hours=self.hours,
            week=np.array(people.week[:, place]),
            levels=_wide(people.levels[:, place], words),
            answered=_wide(people.answered[:, place], words),
            signature=np.array(people.signature[place]),
            asked=asked,
            has_week=week,
            has_text=text,
            team=int(people.team[place]) if self.criteria.same_team_forbidden else 0,
            record_most=self._mosts[Criterion.AVAILABILITY][week]
            + self._mosts[Criterion.VALUES][bool(people.answered[:, place].any())],
            text_most=self._mosts[Criterion.TEXT][text],
            wish=self._wish,
        )

    def wish_points(self, mentee: Array, mentor: Array) -> Array:
        """Points for wishes of these worths."""
        worth = fits.wish_fit(mentee.astype(np.float32), mentor.astype(np.float32))
        found: Array = fits.points(worth, self.shares[WISHES])
        return found

    def _most(self, criterion: Criterion, fit: np.float32) -> np.float32:
        """The most points a mentor can bring: of a question without an answer, what all bring."""
        found: np.float32 = fits.points(fit, np.float32(self.share.get(criterion, 0)))
        return found

    def _hours(self) -> Array:
        """Points per number of common hours, then of an unanswered week."""
        hours = np.arange(HOURS_PER_WEEK + 2, dtype=np.float32)
        known = hours <= HOURS_PER_WEEK
        least = self.criteria.min_overlap_hours
        fit = fits.availability_fit(hours, known, least)
        return self._points(Criterion.AVAILABILITY, fit, known & (hours < max(1, least)))

    def _renew(self) -> None:
        """Read the index's dictionaries again if it changed."""
        index = self.index
        if self._epoch == index.epoch:
            return
        self._epoch = index.epoch
        self._no_extra = np.zeros((0, words_of(index.size)), dtype=np.uint64)
        self._kept.clear()
        self._job_keys = _keys(index.jobs.keys, 2)
        self._way_keys = _keys(index.ways.keys, 2)
        self._tongue_keys = _keys(index.tongues.keys, None).view(np.uint64)
        bits = _keys(index.years.keys, 1)[:, 0].astype(np.int32)
        self._year_keys = bits.view(np.float32)

    def _table(
        self,
        kind: str,
        answer: tuple[int, ...],
        make: Callable[[tuple[int, ...]], Array],
    ) -> Array:
        found = self._kept.get((kind, answer))
        if found is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            found = self._kept[kind, answer] = make(answer)
        return found

    def _points(self, criterion: Criterion, fit: Array, missed: Flags) -> Array:
        """Points per answer, -inf where a must (or the rule of a common language) forbids."""
        points: Array = fits.points(fit, np.float32(self.share.get(criterion, 0)))
        if criterion in self.criteria.musts or criterion is Criterion.LANGUAGES:
            points = np.where(missed, np.float32(-np.inf), points)
        return points

    def _jobs(self, answer: tuple[int, ...]) -> Array:
        function, industry = (
            fits.sameness_fit(keys == own, (keys > 0) & (own > 0), mode)
            for keys, own, mode in zip(
                self._job_keys.T,
                answer,
                (self.criteria.function_mode, self.criteria.industry_mode),
                strict=True,
            )
        )
        points = self._points(Criterion.FUNCTION, function, function == 0)
        return points + self._points(Criterion.INDUSTRY, industry, industry == 0)

    def _ways(self, answer: tuple[int, ...]) -> Array:
        formats, sites = self._way_keys.T
        own, site = answer
        online = ((formats & own & ONLINE) > 0).astype(np.float32)
        near = np.where(
            (sites > 0) & (site > 0), (sites == site).astype(np.float32), np.float32(0.5)
        )
        on_site = (((formats & own & ON_SITE) > 0) * near).astype(np.float32)
        known = np.logical_and(formats > 0, own > 0)
        mentee = fits.format_fit(online, on_site, _counts(np.full(1, own)), known)
        mentor = fits.format_fit(online, on_site, _counts(formats), known)
        fit = fits.both_sides(mentee, mentor)
        return self._points(Criterion.FORMAT, fit, known & (online + on_site == 0))

    def _tongues(self, answer: tuple[int, ...]) -> Array:
        keys = self._tongue_keys
        own = np.zeros(keys.shape[1], dtype=np.uint64)
        mine = np.array(answer, dtype=np.int64).view(np.uint64)[: len(own)]
        own[: len(mine)] = mine
        shared = np.bitwise_count(keys & own).sum(axis=1).astype(np.float32)
        theirs = np.bitwise_count(keys).sum(axis=1).astype(np.float32)
        count = np.float32(sum(int(word & (1 << 64) - 1).bit_count() for word in answer))
        known = (theirs > 0) & (count > 0)
        fit = fits.both_sides(
            fits.language_fit(shared, np.full(1, count), known),
            fits.language_fit(shared, theirs, known),
        )
        return self._points(Criterion.LANGUAGES, fit, known & (shared == 0))

    def _years(self, answer: tuple[int, ...]) -> Array:
        own = np.array(answer, dtype=np.int64).astype(np.int32).view(np.float32)
        gap = self._year_keys - own
        c = self.criteria
        fit = fits.experience_fit(gap, c.experience_min, c.experience_ideal, c.experience_max)
        missed = (gap < c.experience_min) | (gap > c.experience_max)
        return self._points(Criterion.EXPERIENCE, fit, missed)


class _One:
    """The answers of one of `people`, as the dictionaries spell them."""

    def __init__(self, people: People, place: int) -> None:
        start, end = people.topic_start[place : place + 2]
        self.topics = people.topics[start:end].astype(np.int32)
        self.job = int(people.function[place]), int(people.industry[place])
        self.way = int(people.formats[place]), int(people.site[place])
        self.tongue = tuple(people.languages[:, place].view(np.int64).tolist())
        self.years = (int(people.years[place : place + 1].view(np.int32)[0]),)


@cache
def _related() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Numbers of the topics related to each of the catalogue, as CSR; see `encoding.Vocabulary`."""
    catalogue = topics()
    slugs = sorted(catalogue)
    numbers = {slug: number for number, slug in enumerate(slugs)}
    lists = [sorted(numbers[slug] for slug in catalogue[own].related) for own in slugs]
    start = np.cumsum([0, *map(len, lists)], dtype=np.int32)
    return start, np.array([other for others in lists for other in others], dtype=np.int32)


def _keys(keys: list[tuple[int, ...]], width: int | None) -> Table:
    """Dictionary keys as an array, one line each; tuples of languages may differ in length."""
    wide = width or max((len(key) for key in keys), default=1)
    return np.array([(*key, *(0,) * (wide - len(key))) for key in keys], np.int64).reshape(-1, wide)


def _counts(formats: Table) -> Array:
    return np.bitwise_count(formats.astype(np.uint8)).astype(np.float32)


def _wide(bits: Bits, words: int) -> Bits:
    """As many words as the mentors have: what no mentor answered can't be compared."""
    found = np.zeros(words, dtype=np.uint64)
    found[: len(bits)] = bits[:words]
    return found
