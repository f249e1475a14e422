"""Compiled loops: one mentee against a line of mentors, one loop per criterion.

Every loop adds the criterion's points (`fits.points`) to `total` and, where the criterion is missed
that a rule asks for, writes the rule into `codes`. Sums of points are exact, so neither the order
of criteria nor the length of a line can change a number. The functions of `fits` are compiled into
these loops.

Arguments that come again and again: share, the criterion's share of the total; rule, the code of
its must, NOTHING if it is none; view, whose side is asked for; counts and the like, a line of
float32 to work in; total, float32; codes, int8, the smallest `Rule` so far.
"""

import numpy as np
from numpy.typing import NDArray

from . import fits
from .compiled import compiled
from .encoding import ITEM_BITS, Bits, Codes
from .fits import Array, Each, Flags
from .specials import NOTHING

JOINED, MENTEE, MENTOR = 0, 1, 2  # views
RuleCodes = NDArray[np.int8]
Formats = NDArray[np.uint8]

_ZERO, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)
_PER_ITEM = np.float32(1 / ITEM_BITS)
_PAIRS, _FOURS, _EIGHTS, _SUM = (np.uint64(int(byte * 8, 16)) for byte in ("55", "33", "0f", "01"))
_BY_1, _BY_2, _BY_4, _BY_56 = (np.uint64(shift) for shift in (1, 2, 4, 56))


@fits.elementwise
def bit_count(bits: Each) -> Each:
    """How many bits of a uint64 are set. The compiler knows this form and makes one popcount."""
    bits = bits - ((bits >> _BY_1) & _PAIRS)
    bits = (bits & _FOURS) + ((bits >> _BY_2) & _FOURS)
    return (((bits + (bits >> _BY_4)) & _EIGHTS) * _SUM) >> _BY_56


@fits.elementwise
def seen(mentee: Each, mentor: Each, view: int) -> Each:
    """The fit in the view asked for."""
    joined = fits.both_sides(mentee, mentor)
    return fits.pick(view == JOINED, joined, fits.pick(view == MENTEE, mentee, mentor))


@fits.elementwise
def smallest(missed: Each, rule: Each, code: Each) -> Each:
    """The smallest code, now that a rule may be missed."""
    return fits.pick(missed & (rule < code), rule, code)


@compiled
def common_bits(own: Bits, others: Bits, first: int, counts: Array) -> None:
    """counts[j] = how many bits `own` (words) and others[:, first + j] have in common."""
    counts[:] = _ZERO
    for word in range(min(len(own), len(others))):
        # A stretch of one word lies in a line; a stretch of all words would not.
        mask, line = own[word], others[word, first : first + len(counts)]
        for j in range(len(counts)):
            counts[j] += np.float32(bit_count(mask & line[j]))


@compiled
def topics_line(
    found: NDArray[np.uint16],
    liked: NDArray[np.uint16],
    asked: np.float32,
    silent: Flags,
    share: np.float32,
    rule: np.int8,
    view: int,
    total: Array,
    codes: RuleCodes,
) -> None:
    """found, liked: weighted points of the wanted topics as mentee and as mentor see them.

    Must: a wanted topic, or one related to it, is offered.
    """
    for j in range(len(total)):
        mentee = fits.topic_share(np.float32(found[j]), asked, silent[j])
        mentor = fits.topic_share(np.float32(liked[j]), asked, silent[j])
        total[j] += fits.points(seen(mentee, mentor, view), share)
    if rule < NOTHING:
        for j in range(len(codes)):
            served = fits.topic_share(np.float32(found[j]), asked, silent[j])
            codes[j] = smallest(served == _ZERO, rule, codes[j])


@compiled
def languages_line(
    shared: Array,
    own: np.float32,
    others: Array,
    share: np.float32,
    rule: np.int8,
    view: int,
    total: Array,
    codes: RuleCodes,
) -> None:
    """own, others: how many languages they speak, 0 = not answered; shared: in common.

    Always a rule: at least one in common.
    """
    for j in range(len(total)):
        known = (own > _ZERO) & (others[j] > _ZERO)
        mentee = fits.language_fit(shared[j], own, known)
        mentor = fits.language_fit(shared[j], others[j], known)
        total[j] += fits.points(seen(mentee, mentor, view), share)
        codes[j] = smallest(known & (shared[j] == _ZERO), rule, codes[j])


@compiled
def experience_line(
    own: np.float32,
    years: Array,
    ladder: tuple[np.float32, np.float32, np.float32],
    share: np.float32,
    rule: np.int8,
    total: Array,
    codes: RuleCodes,
) -> None:
    """years: of work, NaN = not answered; ladder: least, ideal and most years ahead.

    Must: between the least and the most.
    """
    lowest, ideal, highest = ladder
    for j in range(len(total)):
        gap = years[j] - own
        fit = fits.experience_fit(gap, lowest, ideal, highest)
        total[j] += fits.points(fit, share)
    if rule < NOTHING:
        for j in range(len(codes)):
            gap = years[j] - own
            codes[j] = smallest((gap < lowest) | (gap > highest), rule, codes[j])


@compiled
def sameness_line(
    own: np.int32,
    others: Codes,
    want_same: bool,
    share: np.float32,
    rule: np.int8,
    total: Array,
    codes: RuleCodes,
) -> None:
    """Industry, function or team: numbers of words, 0 = not answered.

    Must: the same or not, as it is wanted.
    """
    # The rule on teams counts nothing and has no share.
    for j in range(len(total) if share > _ZERO else 0):
        known = (own > 0) & (others[j] > 0)
        wanted = (own == others[j]) == want_same
        total[j] += fits.points(fits.wanted_fit(wanted, known), share)
    if rule < NOTHING:
        for j in range(len(codes)):
            known = (own > 0) & (others[j] > 0)
            codes[j] = smallest(known & ((own == others[j]) != want_same), rule, codes[j])


@compiled
def values_line(
    levels: Bits,
    answered: Bits,
    others: Bits,
    others_answered: Bits,
    first: int,
    distance: Array,
    common: Array,
    share: np.float32,
    rule: np.int8,
    total: Array,
    codes: RuleCodes,
) -> None:
    """Answers as thermometers, see `encoding`. Must: nearer than half the scale on average."""
    common_bits(answered, others_answered, first, common)
    distance[:] = _ZERO
    end = first + len(total)
    for word in range(min(len(levels), len(others))):
        level, known = levels[word], answered[word]
        line, line_known = others[word, first:end], others_answered[word, first:end]
        for j in range(len(distance)):
            distance[j] += np.float32(bit_count((level ^ line[j]) & known & line_known[j]))
    for j in range(len(total)):
        fit = fits.values_fit(distance[j], common[j] * _PER_ITEM)
        total[j] += fits.points(fit, share)
    if rule < NOTHING:
        for j in range(len(codes)):
            fit = fits.values_fit(distance[j], common[j] * _PER_ITEM)
            codes[j] = smallest(fit < _HALF, rule, codes[j])


@compiled
def availability_line(
    hours: Array,
    own: np.float32,
    others: Array,
    min_hours: int,
    share: np.float32,
    rule: np.int8,
    total: Array,
    codes: RuleCodes,
) -> None:
    """hours: free in common; own, others: free hours at all, 0 = not answered.

    Must: as many common hours as the programme asks for, at least one.
    """
    for j in range(len(total)):
        known = (own > _ZERO) & (others[j] > _ZERO)
        total[j] += fits.points(fits.availability_fit(hours[j], known, min_hours), share)
    if rule < NOTHING:
        least = np.float32(max(1, min_hours))
        for j in range(len(codes)):
            known = (own > _ZERO) & (others[j] > _ZERO)
            codes[j] = smallest(known & (hours[j] < least), rule, codes[j])


@compiled
def format_line(
    own: np.uint8,
    site: np.int32,
    formats: Formats,
    sites: Codes,
    share: np.float32,
    rule: np.int8,
    view: int,
    total: Array,
    codes: RuleCodes,
) -> None:
    """formats: ONLINE + ON_SITE, 0 = not answered; sites: numbers of words, 0 = not answered.

    A site that is not known counts half. Must: one common way to meet.
    """
    ways = np.float32(own & 1) + np.float32(own >> 1)
    for j in range(len(total)):
        both = own & formats[j]
        online = np.float32(both & 1)
        near = fits.pick(site == sites[j], _ONE, _ZERO)
        near = fits.pick((site > 0) & (sites[j] > 0), near, _HALF)
        on_site = np.float32(both >> 1) * near
        theirs = np.float32(formats[j] & 1) + np.float32(formats[j] >> 1)
        known = (own > 0) & (formats[j] > 0)
        mentee = fits.format_fit(online, on_site, ways, known)
        mentor = fits.format_fit(online, on_site, theirs, known)
        total[j] += fits.points(seen(mentee, mentor, view), share)
    if rule < NOTHING:
        for j in range(len(codes)):
            both = own & formats[j]
            elsewhere = (site > 0) & (sites[j] > 0) & (site != sites[j])
            met = ((both & 1) > 0) | (((both >> 1) > 0) & (not elsewhere))
            codes[j] = smallest((own > 0) & (formats[j] > 0) & (not met), rule, codes[j])


@compiled
def text_line(own: bool, others: Flags, share: np.float32, total: Array) -> None:
    """The first of the loops: total holds the dot products of the signatures and takes the points.

    own, others: whether there is a text. Never a must.
    """
    for j in range(len(total)):
        total[j] = fits.points(fits.text_fit(total[j], own & others[j]), share)
