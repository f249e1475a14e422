"""One small pure function per criterion: how well two people fit, in [0, 1], higher is better.

Each is written once and runs twice: NumPy runs it elementwise on arrays (the plain reference),
numba compiles it for single numbers (the kernels in `kernels`). Both do the same float32
operations in the same order, so they agree bit for bit. `pick` is the elementwise "if".

A False in `known` (NaN for years) means "not answered", and that is neutral: it earns UNKNOWN (for
some criteria a value of their own), neither the best nor the worst. Someone who wants nothing in
particular fits everyone (1.0): "anyone will do" must not rank anyone last.

Both sides are looked at apart (`own` is the side whose view is taken) and joined by `both_sides`.
What a criterion adds to the total is `points`: a whole multiple of 2**-23, so that sums of points
are exact in float32, whatever their order, and the reasons of a pair add up to its total.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, cast

import numpy as np
from numba.extending import overload, register_jitable
from numpy.typing import NDArray

Array = NDArray[np.float32]
Flags = NDArray[np.bool_]
# A float32 (or boolean) array, or one number of that kind inside compiled code.
Each = Any
Function = TypeVar("Function", bound=Callable[..., Any])
Key = TypeVar("Key")

# The function stays as it is and may be called from compiled code.
elementwise = cast("Callable[[Function], Function]", register_jitable)


def pick(condition: Each, yes: Each, no: Each) -> Each:
    """`yes` where the condition holds, else `no`; elementwise."""
    return np.where(condition, yes, no)


@overload(pick)
def _pick_one(condition: Each, yes: Each, no: Each) -> Each:
    def choose(condition: Each, yes: Each, no: Each) -> Each:
        return yes if condition else no

    return choose


UNKNOWN = np.float32(0.5)
# Where an answer is rarely worth half (few of all topics are offered by one mentor, few hours are
# free for both, few texts resemble each other), silence must not overtake those who answered.
UNKNOWN_OFFER = np.float32(0.1)
UNKNOWN_TIMES = np.float32(0.25)
UNKNOWN_TEXT = np.float32(0.1)

# Both sides: three parts the less satisfied one, one part the other. A pair is only as good as
# the side that would rather not, but the happier side still breaks ties.
SHARE_OF_LOWER = np.float32(0.75)
SHARE_OF_HIGHER = np.float32(0.25)

TOPIC_SCALE = 20  # points of a topic offered itself, as first of the list
RELATED_SHARE = 0.5  # a related topic counts half
ENOUGH_HOURS = 4  # common hours a week that leave nothing to wish for
# Dot products of signatures (16129 = the same): up to FAINT_TEXT is chance, 8192 more is full.
FAINT_TEXT, TEXT_RANGE = 1600, 8192
FORMAT_BASE = np.float32(0.7)  # one common way to meet; the rest is for serving all of one's ways
FORMAT_REST = np.float32(0.3)
NOT_WISHED = np.float32(0.5)
LOWEST_WISH = 0.7

_ZERO, _HALF, _ONE, _TWO = (np.float32(value) for value in (0, 0.5, 1, 2))
_TOPIC_SCALE = np.float32(TOPIC_SCALE)
_FAINT_TEXT, _PER_TEXT_RANGE = np.float32(FAINT_TEXT), np.float32(1 / TEXT_RANGE)
_VALUE_STEPS = np.float32(4)

POINT = 2.0**-23


@elementwise
def points(fit: Each, share: Each) -> Each:
    """What a fit adds to the total: share × fit, rounded to whole multiples of POINT.

    Adding 1 pushes smaller digits out of a float32.
    """
    return (share * fit + _ONE) - _ONE


def shares_of(weights: Mapping[Key, float]) -> dict[Key, float]:
    """Weights as shares of the total: whole multiples of POINT that add up to exactly 1.

    Weights of 0 are left out. What rounding leaves over goes to the largest share.
    """
    counted = {key: weight for key, weight in weights.items() if weight > 0}
    whole = sum(counted.values())
    parts = {key: round(weight / whole / POINT) for key, weight in counted.items()}
    largest = max(parts, key=lambda key: parts[key])
    parts[largest] += round(1 / POINT) - sum(parts.values())
    return {key: part * POINT for key, part in parts.items()}


@elementwise
def both_sides(mentee: Each, mentor: Each) -> Each:
    """Join the two views: 0.75 × the lower + 0.25 × the higher. Monotone in both."""
    low, high = np.minimum(mentee, mentor), np.maximum(mentee, mentor)
    return SHARE_OF_LOWER * low + SHARE_OF_HIGHER * high


@elementwise
def topic_weight(rank: int) -> int:
    """Weight of the wanted topic at this rank (0 = first): 60, 40, 30, 24, 20 … never below 10."""
    return max(10, 120 // (rank + 2))


def topic_points(rank: int, *, related: bool, ranked: bool) -> int:
    """Points of an offered topic out of TOPIC_SCALE.

    ranked: the mentor's view; what they listed first they like best (1.0, 0.9, 0.8, then 0.7).
    """
    liking = max(7, 10 - rank) if ranked else 10
    return round(TOPIC_SCALE * liking / 10 * (RELATED_SHARE if related else 1))


def topic_fit(wanted: Array, offered: Array, silent: Flags) -> Array:
    """`topic_share` of all mentees × mentors.

    wanted: mentees × topics, weights (topic_weight). offered: mentors × topics, points
    (topic_points) of the best offer for each topic. Whole numbers, so float32 sums are exact.
    """
    asked = wanted.sum(axis=1, keepdims=True)
    share: Array = topic_share(wanted @ offered.T, asked, silent[None, :])
    return share


@elementwise
def topic_share(found: Each, asked: Each, silent: Each) -> Each:
    """Weighted share of the wanted topics that is offered.

    found: sum of weight × points over the wanted topics; asked: sum of the weights.
    silent: mentors who did not say what they offer; they are UNKNOWN_OFFER.
    Someone who wants nothing fits everyone.
    """
    # np.divide: compiled, a plain / would stop to look for zeros.
    share = np.divide(found, _TOPIC_SCALE * np.maximum(asked, _ONE))
    return pick(asked == _ZERO, _ONE, pick(silent, UNKNOWN_OFFER, share))


@elementwise
def language_fit(shared: Each, own: Each, known: Each) -> Each:
    """Share of a person's languages they can use together; two are enough to be fully at home."""
    share = pick(own > _ONE, np.minimum(shared, _TWO) * _HALF, np.minimum(shared, _ONE))
    return pick(known, share, UNKNOWN)


@elementwise
def experience_fit(gap: Each, lowest: Each, ideal: Each, highest: Each) -> Each:
    """How well `gap`, the years a mentor is ahead, suits: a tent with its top at `ideal`.

    0.5 at `lowest` and `highest`, 0 once a mentor is not ahead at all (or one year below a
    `lowest` that is not positive) and once as far beyond `highest` as that is beyond `ideal`
    (at least a year). NaN is UNKNOWN.
    """
    bottom, top, edge = np.float32(lowest), np.float32(ideal), np.float32(highest)
    first = min(bottom - _ONE, _ZERO) if bottom <= _ZERO else _ZERO
    last = edge + max(edge - top, _ONE)
    # Height at the outer ends of the roof; without a lower (upper) slope it is the top itself.
    left = _HALF if top > bottom else _ONE
    right = _HALF if edge > top else _ONE
    rise = left / (bottom - first)
    climb = _HALF / max(top - bottom, np.float32(POINT))
    sink = _HALF / max(edge - top, np.float32(POINT))
    drop = right / (last - edge)
    below = pick(gap <= bottom, left - rise * (bottom - gap), _ONE - climb * (top - gap))
    above = pick(gap <= edge, right + sink * (edge - gap), right - drop * (gap - edge))
    height = pick(gap < top, below, pick(gap > top, above, _ONE))
    inside = np.minimum(np.maximum(height, _ZERO), _ONE)
    return pick(gap == gap, inside, UNKNOWN)


def sameness_fit(equal: Each, known: Each, mode: Literal["same", "different"]) -> Each:
    """1 if the two are the same (or different, as the programme wants it), else 0."""
    return wanted_fit(equal == (mode == "same"), known)


@elementwise
def wanted_fit(wanted: Each, known: Each) -> Each:
    """1 for what is wanted, 0 for what is not."""
    return pick(known, pick(wanted, _ONE, _ZERO), UNKNOWN)


@elementwise
def values_fit(distance: Each, common: Each) -> Each:
    """Closeness of questionnaire answers: 1 - mean distance / 4.

    distance: sum of |a - b| over the items both answered; common: how many those are.
    """
    close = _ONE - np.divide(distance, _VALUE_STEPS * np.maximum(common, _ONE))
    return pick(common > _ZERO, close, UNKNOWN)


@elementwise
def availability_fit(hours: Each, known: Each, min_hours: int) -> Each:
    """Common free hours a week as a share of what is plenty: 4, or twice what is required."""
    plenty = np.float32(max(ENOUGH_HOURS, 2 * min_hours))
    return pick(known, np.divide(np.minimum(hours, plenty), plenty), UNKNOWN_TIMES)


@elementwise
def format_fit(online: Each, on_site: Each, own: Each, known: Each) -> Each:
    """How well the common ways to meet serve one person.

    online, on_site: 1 possible for both, 0 not; 0.5 for on_site when a site is not known.
    own: how many formats this person named (1 or 2). 0.7 for one sure way, 1.0 for all own ways.
    """
    best, ways = np.maximum(online, on_site), online + on_site
    served = np.minimum(pick(own > _ONE, ways * _HALF, ways), _ONE)
    return pick(known, FORMAT_BASE * best + FORMAT_REST * served, UNKNOWN)


@elementwise
def text_fit(dot: Each, known: Each) -> Each:
    """How near what two texts are about is; dot: dot product of their `signatures`."""
    near = (dot - _FAINT_TEXT) * _PER_TEXT_RANGE
    return pick(known, np.minimum(np.maximum(near, _ZERO), _ONE), UNKNOWN_TEXT)


def wish_value(rank: int) -> float:
    """Worth of being someone's favourite at this rank: 1.0, 0.9, 0.8, then 0.7."""
    return max(LOWEST_WISH, 1 - rank / 10)


@elementwise
def wish_fit(mentee: Each, mentor: Each) -> Each:
    """Mean of both sides' wishes (wish_value, or NOT_WISHED). A wish is a gift, not a demand:
    one side's favourite must gain although the other side named nobody."""
    return (mentee + mentor) * _HALF
