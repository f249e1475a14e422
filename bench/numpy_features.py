"""Scoring in NumPy blocks: the plain reference for tests, and the peer of the compiled kernels.

One class per criterion turns people into arrays and scores a block of pairs with `fits`.

`Encoder(mentees, mentors, criteria)` prepares once; `.block(rows)` gives both sides' fit for those
mentees × all mentors. Counts (topics, languages, hours, answers) are matrix products of whole
numbers in float32, exact below 2**24, so a pair's numbers don't depend on the order of people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from tandemwerk.matching import Criteria, Criterion, Mentee, Mentor, Person, fits, topics
from tandemwerk.matching.fits import Array, Flags
from tandemwerk.matching.profiles import HIGHEST_VALUE, HOURS_PER_WEEK, LOWEST_VALUE
from tandemwerk.matching.rules import same_key
from tandemwerk.matching.signatures import signatures


@dataclass(frozen=True, slots=True)
class Block:
    """Mentees of the block × mentors: fit seen by either side, joined fit, and who misses a must.

    mentee, mentor, joined: float32 in [0, 1]. missed: True where the criterion, taken as a must,
    is clearly not met.
    """

    mentee: Array
    mentor: Array
    joined: Array
    missed: Flags


class Encoder(Protocol):
    """Numbers of one criterion for all people."""

    def block(self, rows: slice) -> Block: ...


def _alike(fit: Array, missed: Flags) -> Block:
    """A criterion that looks the same from both sides."""
    return Block(fit, fit, fit, missed)


def _two_sided(mentee: Array, mentor: Array, missed: Flags) -> Block:
    return Block(mentee, mentor, fits.both_sides(mentee, mentor), missed)


def _column(values: Sequence[float]) -> Array:
    return np.array(values, dtype=np.float32)


def _codes(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], read: Callable[[Person], str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Equal words get equal numbers; no word is 0."""
    numbers: dict[str, int] = {"": 0}
    left = [numbers.setdefault(same_key(read(p)), len(numbers)) for p in mentees]
    right = [numbers.setdefault(same_key(read(p)), len(numbers)) for p in mentors]
    return np.array(left, dtype=np.int32), np.array(right, dtype=np.int32)


def sameness(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], read: Callable[[Person], str]
) -> Callable[[slice], tuple[Flags, Flags]]:
    """A function from rows to (equal, both known)."""
    left, right = _codes(mentees, mentors, read)

    def compare(rows: slice) -> tuple[Flags, Flags]:
        own = left[rows, None]
        return own == right[None, :], (own > 0) & (right[None, :] > 0)

    return compare


class Topics:
    """Topics wanted × offered. Must: a wanted topic, or one related to it, is offered."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        slugs = sorted({slug for mentee in mentees for slug in mentee.topics})
        number = {slug: i for i, slug in enumerate(slugs)}
        self.wanted = np.zeros((len(mentees), len(slugs)), dtype=np.float32)
        for row, mentee in enumerate(mentees):
            for rank, slug in enumerate(mentee.topics):
                self.wanted[row, number[slug]] = fits.topic_weight(rank)
        shape = (len(mentors), len(slugs))
        self.offered = np.zeros(shape, dtype=np.float32)
        self.liked = np.zeros(shape, dtype=np.float32)
        catalogue = topics()
        for row, mentor in enumerate(mentors):
            for rank, slug in enumerate(mentor.topics):
                near = catalogue[slug].related if slug in catalogue else frozenset()
                for other, related in ((slug, False), *((other, True) for other in near)):
                    place = number.get(other)
                    if place is not None:
                        for points, ranked in ((self.offered, False), (self.liked, True)):
                            value = fits.topic_points(rank, related=related, ranked=ranked)
                            points[row, place] = max(points[row, place], value)
        self.silent = np.array([not mentor.topics for mentor in mentors], dtype=np.bool_)

    def block(self, rows: slice) -> Block:
        wanted = self.wanted[rows]
        mentee = fits.topic_fit(wanted, self.offered, self.silent)
        mentor = fits.topic_fit(wanted, self.liked, self.silent)
        return _two_sided(mentee, mentor, mentee == 0)


class Languages:
    """Common languages. Must: the hard rule, at least one in common."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        spoken = sorted({code for p in (*mentees, *mentors) for code in p.languages})
        self.mentees = _flags(mentees, spoken, lambda p: p.languages)
        self.mentors = _flags(mentors, spoken, lambda p: p.languages)

    def block(self, rows: slice) -> Block:
        left = self.mentees[rows]
        shared = left @ self.mentors.T
        own, other = left.sum(axis=1)[:, None], self.mentors.sum(axis=1)[None, :]
        known = (own > 0) & (other > 0)
        return _two_sided(
            fits.language_fit(shared, own, known),
            fits.language_fit(shared, other, known),
            known & (shared == 0),
        )


class Experience:
    """Years the mentor is ahead. Must: between the programme's least and most."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        self.mentees, self.mentors = _years(mentees), _years(mentors)
        self.ladder = (
            criteria.experience_min,
            criteria.experience_ideal,
            criteria.experience_max,
        )

    def block(self, rows: slice) -> Block:
        gap = self.mentors[None, :] - self.mentees[rows, None]
        lowest, ideal, highest = self.ladder
        missed = (gap < lowest) | (gap > highest)
        return _alike(fits.experience_fit(gap, lowest, ideal, highest), missed)


class Sameness:
    """Industry or function, the same or deliberately different. Must: as the programme wants it."""

    def __init__(
        self,
        mentees: Sequence[Mentee],
        mentors: Sequence[Mentor],
        read: Callable[[Person], str],
        mode: Literal["same", "different"],
    ) -> None:
        self.compare, self.mode = sameness(mentees, mentors, read), mode

    def block(self, rows: slice) -> Block:
        equal, known = self.compare(rows)
        fit = fits.sameness_fit(equal, known, self.mode)
        return _alike(fit, fit == 0)


class Values:
    """Answers on working style and values. Must: not further apart than half the scale on average.

    An answer becomes a thermometer (4 -> 1110), so that the distance of two is |a| + |b| - 2 a·b,
    and all pairs are one matrix product.
    """

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        items = sorted({item for p in (*mentees, *mentors) for item in p.values})
        left, left_known = _thermometer(mentees, items)
        right, right_known = _thermometer(mentors, items)
        steps = HIGHEST_VALUE - LOWEST_VALUE
        self.left_known, self.right_known = left_known, right_known
        wide_left, wide_right = left_known.repeat(steps, 1), right_known.repeat(steps, 1)
        self.left = np.hstack((left, wide_left, -2 * left))
        self.right = np.hstack((wide_right, right, right))

    def block(self, rows: slice) -> Block:
        distance = self.left[rows] @ self.right.T
        common = self.left_known[rows] @ self.right_known.T
        fit = fits.values_fit(distance, common)
        return _alike(fit, fit < 0.5)


class Availability:
    """Common free hours. Must: at least the programme's minimum, one hour if it names none."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        self.mentees, self.mentors = _hours(mentees), _hours(mentors)
        self.min_hours = criteria.min_overlap_hours

    def block(self, rows: slice) -> Block:
        left = self.mentees[rows]
        hours = left @ self.mentors.T
        known = (left.sum(axis=1) > 0)[:, None] & (self.mentors.sum(axis=1) > 0)[None, :]
        missed = known & (hours < max(1, self.min_hours))
        return _alike(fits.availability_fit(hours, known, self.min_hours), missed)


class Format:
    """Online, on site or both, and the site. Must: one common way to meet."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        ways = ["online", "on_site"]
        self.mentees = _flags(mentees, ways, lambda p: p.formats)
        self.mentors = _flags(mentors, ways, lambda p: p.formats)
        self.same_site = sameness(mentees, mentors, lambda p: p.site)

    def block(self, rows: slice) -> Block:
        left, right = self.mentees[rows], self.mentors
        equal, sites_known = self.same_site(rows)
        online = np.outer(left[:, 0], right[:, 0])
        near = np.where(sites_known, equal.astype(np.float32), np.float32(0.5))
        on_site = np.outer(left[:, 1], right[:, 1]) * near
        own, other = left.sum(axis=1)[:, None], right.sum(axis=1)[None, :]
        known = (own > 0) & (other > 0)
        return _two_sided(
            fits.format_fit(online, on_site, own, known),
            fits.format_fit(online, on_site, other, known),
            known & (online + on_site == 0),
        )


class Text:
    """Free text of both. Never a must."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        self.left = signatures([p.text for p in mentees]).astype(np.float32)
        self.right = signatures([p.text for p in mentors]).astype(np.float32)
        self.mentees = np.array([bool(p.text.strip()) for p in mentees], dtype=np.bool_)
        self.mentors = np.array([bool(p.text.strip()) for p in mentors], dtype=np.bool_)

    def block(self, rows: slice) -> Block:
        known = self.mentees[rows, None] & self.mentors[None, :]
        fit = fits.text_fit(self.left[rows] @ self.right.T, known)
        return _alike(fit, np.zeros(fit.shape, dtype=np.bool_))


class Wishes:
    """Ranked favourites of both sides. Must: a mentee with favourites gets one of them."""

    def __init__(
        self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
    ) -> None:
        self.mentees = _wish_matrix(mentees, mentors)
        self.mentors = _wish_matrix(mentors, mentees).T
        known = {mentor.id for mentor in mentors}
        self.asking = np.array([not known.isdisjoint(p.wishes) for p in mentees], dtype=np.bool_)

    def block(self, rows: slice) -> Block:
        mentee, mentor = self.mentees[rows], self.mentors[rows]
        missed = self.asking[rows, None] & (mentee == fits.NOT_WISHED)
        return Block(mentee, mentor, fits.wish_fit(mentee, mentor), missed)


def encode(
    criterion: Criterion, mentees: Sequence[Mentee], mentors: Sequence[Mentor], criteria: Criteria
) -> Encoder:
    """The encoder of one criterion."""
    if criterion is Criterion.INDUSTRY:
        return Sameness(mentees, mentors, lambda p: p.industry, criteria.industry_mode)
    if criterion is Criterion.FUNCTION:
        return Sameness(mentees, mentors, lambda p: p.function, criteria.function_mode)
    return _ENCODERS[criterion](mentees, mentors, criteria)


_ENCODERS: Mapping[Criterion, Callable[[Sequence[Mentee], Sequence[Mentor], Criteria], Encoder]] = {
    Criterion.TOPICS: Topics,
    Criterion.LANGUAGES: Languages,
    Criterion.EXPERIENCE: Experience,
    Criterion.VALUES: Values,
    Criterion.AVAILABILITY: Availability,
    Criterion.FORMAT: Format,
    Criterion.TEXT: Text,
    Criterion.WISHES: Wishes,
}


def _flags(
    people: Sequence[Person], names: Sequence[str], read: Callable[[Person], frozenset[str]]
) -> Array:
    rows = np.zeros((len(people), len(names)), dtype=np.float32)
    number = {name: i for i, name in enumerate(names)}
    for row, person in enumerate(people):
        rows[row, [number[name] for name in read(person)]] = 1
    return rows


def _years(people: Sequence[Person]) -> Array:
    return _column([np.nan if p.experience_years is None else p.experience_years for p in people])


def _hours(people: Sequence[Person]) -> Array:
    packed = b"".join(p.week.to_bytes(HOURS_PER_WEEK // 8, "little") for p in people)
    bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), bitorder="little")
    return bits.reshape(len(people), HOURS_PER_WEEK).astype(np.float32)


def _thermometer(people: Sequence[Person], items: Sequence[str]) -> tuple[Array, Array]:
    """Answers as people × (items × 4 steps), and people × items answered."""
    place = {item: i for i, item in enumerate(items)}
    answers = np.zeros((len(people), len(items)), dtype=np.int8)
    for row, person in enumerate(people):
        for item, value in person.values.items():
            answers[row, place[item]] = value
    steps = np.arange(LOWEST_VALUE, HIGHEST_VALUE)
    levels = (answers[:, :, None] > steps).reshape(len(people), -1)
    return levels.astype(np.float32), (answers > 0).astype(np.float32)


def _wish_matrix(people: Sequence[Person], others: Sequence[Person]) -> Array:
    wishes = np.full((len(people), len(others)), fits.NOT_WISHED, dtype=np.float32)
    place = {other.id: i for i, other in enumerate(others)}
    for row, person in enumerate(people):
        for rank, other in enumerate(person.wishes):
            if other in place:
                wishes[row, place[other]] = fits.wish_value(rank)
    return wishes
