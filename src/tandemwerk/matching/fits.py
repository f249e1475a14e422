"""One small pure function per criterion: how well two people fit, in [0, 1], higher is better.

All functions work elementwise on arrays that broadcast against each other (a block of mentees ×
all mentors) and return float32. NaN or a False in `known` means "not answered", and that is
neutral: it earns UNKNOWN (for some criteria a
value of their own), neither the best nor the worst. Someone who wants nothing in particular
fits everyone (1.0): "anyone will do" must not rank anyone last.

Both sides are looked at apart (`own` is the side whose view is taken) and joined by `both_sides`.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Flags = NDArray[np.bool_]

UNKNOWN = 0.5
# Where an answer is rarely worth half (few of all topics are offered by one mentor, few hours are
# free for both, few texts resemble each other), silence must not overtake those who answered.
UNKNOWN_OFFER = 0.1
UNKNOWN_TIMES = 0.25
UNKNOWN_TEXT = 0.1

# Both sides: three parts the less satisfied one, one part the other. A pair is only as good as
# the side that would rather not, but the happier side still breaks ties.
SHARE_OF_LOWER = 0.75

TOPIC_SCALE = 20  # points of a topic offered itself, as first of the list
RELATED_SHARE = 0.5  # a related topic counts half
ENOUGH_HOURS = 4  # common hours a week that leave nothing to wish for
CLOSE_TEXT = 0.3  # cosine of n-grams at which two short texts speak of the same
FORMAT_BASE = 0.7  # one common way to meet; the rest is for serving all of a person's ways
NOT_WISHED = 0.5
LOWEST_WISH = 0.7


def both_sides(mentee: Array, mentor: Array) -> Array:
    """Join the two views: 0.75 × the lower + 0.25 × the higher. Monotone in both."""
    low, high = np.minimum(mentee, mentor), np.maximum(mentee, mentor)
    return _f32(SHARE_OF_LOWER * low + (1 - SHARE_OF_LOWER) * high)


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
    """Weighted share of the wanted topics that is offered.

    wanted: mentees × topics, weights (topic_weight). offered: mentors × topics, points
    (topic_points) of the best offer for each topic. Whole numbers, so float32 sums are exact.
    silent: mentors who did not say what they offer; they are UNKNOWN_OFFER.
    Someone who wants nothing fits everyone.
    """
    asked = wanted.sum(axis=1, keepdims=True)
    fit = (wanted @ offered.T) / (TOPIC_SCALE * np.maximum(asked, 1))
    fit = np.where(silent[None, :], UNKNOWN_OFFER, fit)
    return _f32(np.where(asked == 0, 1.0, fit))


def language_fit(shared: Array, own: Array, known: Flags) -> Array:
    """Share of a person's languages they can use together; two are enough to be fully at home."""
    enough = np.clip(own, 1, 2)
    return _f32(np.where(known, np.minimum(shared, enough) / enough, UNKNOWN))


def experience_fit(gap: Array, lowest: float, ideal: float, highest: float) -> Array:
    """How well `gap`, the years a mentor is ahead, suits: a tent with its top at `ideal`.

    0.5 at `lowest` and `highest`, 0 once a mentor is not ahead at all (or one year below a
    `lowest` that is not positive) and once as far beyond `highest` as that is beyond `ideal`
    (at least a year).
    """
    years: list[float] = [min(lowest - 1, 0.0) if lowest <= 0 else 0.0]
    height = [0.0]
    if ideal > lowest:
        years.append(lowest)
        height.append(0.5)
    years.append(ideal)
    height.append(1.0)
    if highest > ideal:
        years.append(highest)
        height.append(0.5)
    years.append(highest + max(highest - ideal, 1))
    height.append(0.0)
    fit = np.interp(gap, years, height)
    return _f32(np.where(np.isnan(gap), UNKNOWN, fit))


def sameness_fit(equal: Flags, known: Flags, mode: Literal["same", "different"]) -> Array:
    """1 if the two are the same (or different, as the programme wants it), else 0."""
    wanted = equal if mode == "same" else ~equal
    return _f32(np.where(known, wanted, UNKNOWN))


def values_fit(distance: Array, common: Array) -> Array:
    """Closeness of questionnaire answers: 1 - mean distance / 4.

    distance: sum of |a - b| over the items both answered; common: how many those are.
    """
    close = 1 - distance / (4 * np.maximum(common, 1))
    return _f32(np.where(common > 0, close, UNKNOWN))


def availability_fit(hours: Array, known: Flags, min_hours: int) -> Array:
    """Common free hours a week as a share of what is plenty: 4, or twice what is required."""
    plenty = max(ENOUGH_HOURS, 2 * min_hours)
    return _f32(np.where(known, np.minimum(hours, plenty) / plenty, UNKNOWN_TIMES))


def format_fit(online: Array, on_site: Array, own: Array, known: Flags) -> Array:
    """How well the common ways to meet serve one person.

    online, on_site: 1 possible for both, 0 not; 0.5 for on_site when a site is not known.
    own: how many formats this person named (1 or 2). 0.7 for one sure way, 1.0 for all own ways.
    """
    best = np.maximum(online, on_site)
    served = np.minimum((online + on_site) / np.maximum(own, 1), 1)
    fit = FORMAT_BASE * best + (1 - FORMAT_BASE) * served
    return _f32(np.where(known, fit, UNKNOWN))


def text_fit(words: Array, meaning: Array, known: Flags) -> Array:
    """Free text: alike in words or in meaning, 1 - (1 - words) (1 - 0.8 meaning).

    words: cosine of character n-grams; CLOSE_TEXT and more is full. meaning: cosine of the
    catalogue topics both texts speak of, which is how German and English meet.
    """
    alike = np.minimum(words / CLOSE_TEXT, 1)
    fit = 1 - (1 - alike) * (1 - 0.8 * np.minimum(meaning, 1))
    return _f32(np.where(known, fit, UNKNOWN_TEXT))


def wish_value(rank: int) -> float:
    """Worth of being someone's favourite at this rank: 1.0, 0.9, 0.8, then 0.7."""
    return max(LOWEST_WISH, 1 - rank / 10)


def wish_fit(mentee: Array, mentor: Array) -> Array:
    """Mean of both sides' wishes (wish_value, or NOT_WISHED). A wish is a gift, not a demand:
    one side's favourite must gain although the other side named nobody."""
    return _f32((mentee + mentor) / 2)


def _f32(values: NDArray[np.floating] | NDArray[np.bool_]) -> Array:
    return values.astype(np.float32, copy=False)
