"""People and criteria as kernels take them: plain arrays and numbers in named tuples."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import fits
from .catalogue import topics
from .criteria import Criteria, Criterion
from .encoding import Bits, Codes, People
from .fits import Array, Flags

Numbers = NDArray[np.int64]
LISTED_RANKS = 4  # a mentor's topics from the fourth on are liked the same


class Side(NamedTuple):
    """`encoding.People` for kernels, with counts that every pair needs.

    spoken: languages, hours: free hours; as float32, 0 = not answered. silent: no topics. full: no
    seat.
    """

    topic_start: Numbers
    topics: NDArray[np.uint16]
    silent: Flags
    languages: Bits
    spoken: Array
    years: Array
    industry: Codes
    function: Codes
    team: Codes
    site: Codes
    formats: NDArray[np.uint8]
    levels: Bits
    answered: Bits
    week: Bits
    hours: Array
    has_text: Flags
    signature: NDArray[np.int8]
    full: Flags


class Rules(NamedTuple):
    """`Criteria` for kernels. shares: float32 per criterion, 0 = not counted; musts: per criterion;
    ladder: least, ideal and most years the mentor should be ahead.

    related: uint8 topics × topics of the catalogue; near: the related topics of topic t are
    near[near_start[t] : near_start[t + 1]]. worth: uint8, `fits.topic_points` by view (mentee's,
    mentor's), kind of offer (none, related, the topic itself) and rank (the last for all further).
    """

    shares: Array
    musts: Flags
    same_industry: bool
    same_function: bool
    ladder: tuple[np.float32, np.float32, np.float32]
    other_team: bool
    min_hours: int
    related: NDArray[np.uint8]
    near_start: Numbers
    near: Numbers
    worth: NDArray[np.uint8]


def side_of(people: People) -> Side:
    """One side for kernels. Cost: linear; the columns themselves are not copied."""
    return Side(
        topic_start=people.topic_start,
        topics=people.topics,
        silent=np.diff(people.topic_start) == 0,
        languages=people.languages,
        spoken=_bits_set(people.languages),
        years=people.years,
        industry=people.industry,
        function=people.function,
        team=people.team,
        site=people.site,
        formats=people.formats,
        levels=people.levels,
        answered=people.answered,
        week=people.week,
        hours=_bits_set(people.week),
        has_text=people.has_text,
        signature=people.signature,
        full=people.seats == 0,
    )


def _bits_set(bits: Bits) -> Array:
    counts: Array = np.bitwise_count(bits).sum(axis=0, dtype=np.float32)
    return counts


def near_side(side: Side, length: int) -> Side:
    """Room for the columns of `length` people of this side, for kernels to work in."""
    fields = (np.zeros((*column.shape[:-1], length), column.dtype) for column in side)
    return Side(*fields)._replace(signature=np.zeros((0, 0), np.int8))


def rules_of(criteria: Criteria) -> tuple[Rules, dict[Criterion, float]]:
    """Criteria for kernels, and the share of the total that each counted criterion has."""
    shares = fits.shares_of({c: criteria.weights[c] for c in Criterion})
    near, related = _neighbours()
    rules = Rules(
        shares=np.array([shares.get(c, 0) for c in Criterion], dtype=np.float32),
        musts=np.array([c in criteria.musts for c in Criterion], dtype=np.bool_),
        same_industry=criteria.industry_mode == "same",
        same_function=criteria.function_mode == "same",
        ladder=(
            np.float32(criteria.experience_min),
            np.float32(criteria.experience_ideal),
            np.float32(criteria.experience_max),
        ),
        other_team=criteria.same_team_forbidden,
        min_hours=criteria.min_overlap_hours,
        related=related,
        near_start=np.cumsum([0, *map(len, near)], dtype=np.int64),
        near=np.array([other for others in near for other in others], dtype=np.int64),
        worth=_worth(),
    )
    return rules, shares


def _neighbours() -> tuple[list[list[int]], NDArray[np.uint8]]:
    """Numbers of the related topics of every topic, as lists and as a table."""
    slugs = sorted(topics())
    number = {slug: place for place, slug in enumerate(slugs)}
    near = [sorted(number[other] for other in topics()[slug].related) for slug in slugs]
    related = np.zeros((len(slugs), len(slugs)), dtype=np.uint8)
    for place, others in enumerate(near):
        related[place, others] = 1
    return near, related


def _worth() -> NDArray[np.uint8]:
    """Views × kinds of offer × ranks."""
    worth = [
        [[0] * LISTED_RANKS]
        + [
            [fits.topic_points(r, related=kind, ranked=ranked) for r in range(LISTED_RANKS)]
            for kind in (True, False)
        ]
        for ranked in (False, True)
    ]
    return np.array(worth, dtype=np.uint8)
