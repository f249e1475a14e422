"""Compiled scoring: blocks of mentees × mentors, and lists of candidates, in the same numbers.

Both forms run the loops of `lines`: a block over stretches of TILE mentors, whose columns stay in
the processor's cache while all mentees of the block pass; a list over its candidates' columns,
copied side by side first. Dot products of texts (`dots`) are sums of whole numbers, exact in
float32, and done for a few mentees at a time.
See `scorer` for the entry.
"""

import numpy as np
from numpy.typing import NDArray

from . import dots, fits, lines
from .columns import Numbers, Rules, Side
from .compiled import compiled
from .fits import Array
from .offers import Offers, Sums, add_offers, look_offers
from .rules import Rule
from .specials import NOTHING, Specials

TILE = 5120  # a multiple of dots.BLOCK
MENTEES = 8  # whose texts are compared with a line of mentors one after the other
# Places of the criteria in `Rules.shares` and `Rules.musts`: the order of `Criterion`.
TOPICS, LANGUAGES, EXPERIENCE, INDUSTRY, FUNCTION = 0, 1, 2, 3, 4
VALUES, AVAILABILITY, FORMAT, TEXT, WISHES = 5, 6, 7, 8, 9
CRITERIA = 10
_WORK = 3

_ZERO, _ONE, _NAN = np.float32(0), np.float32(1), np.float32(np.nan)
_NOT_WISHED = fits.NOT_WISHED
_SAME_TEAM, _NO_LANGUAGE, _NO_SEAT = (
    np.int8(rule) for rule in (Rule.SAME_TEAM, Rule.NO_SHARED_LANGUAGE, Rule.NO_SEAT)
)
_TOPICS, _EXPERIENCE, _INDUSTRY, _FUNCTION, _VALUES, _AVAILABILITY, _FORMAT, _WISHES = (
    np.int8(rule)
    for rule in (
        Rule.MUST_TOPICS,
        Rule.MUST_EXPERIENCE,
        Rule.MUST_INDUSTRY,
        Rule.MUST_FUNCTION,
        Rule.MUST_VALUES,
        Rule.MUST_AVAILABILITY,
        Rule.MUST_FORMAT,
        Rule.MUST_WISHES,
    )
)
_NOTHING = np.int8(NOTHING)

Totals = NDArray[np.float32]
RuleCodes = NDArray[np.int8]


@compiled
def _note_part(before: Array, total: Totals, part: Array) -> None:
    """Keep what a criterion added: sums are exact, so a difference is too."""
    for j in range(len(part)):
        part[j] = total[j] - before[j]
        before[j] = total[j]


@compiled
def _score_line(
    left: Side,
    row: int,
    right: Side,
    first: int,
    asking: bool,
    rules: Rules,
    view: int,
    found: Sums,
    liked: Sums,
    work: Array,
    total: Totals,
    codes: RuleCodes,
    part: Array,
) -> None:
    """A mentee against right[first : first + len(total)]; all but what is special about pairs.

    total: holds the dot products of the texts. found, liked: see `lines.topics_line`. part: float32
    (criteria, places) or (criteria, 0).
    """
    n, end = len(total), first + len(total)
    one, two, before = work[0, :n], work[1, :n], work[2]
    shares, musts = rules.shares, rules.musts
    before[:] = _ZERO
    full = right.full[first:end]
    usual = _WISHES if musts[WISHES] and asking else _NOTHING
    for j in range(n):
        codes[j] = lines.smallest(full[j], _NO_SEAT, usual)

    if shares[TEXT] > _ZERO:
        lines.text_line(left.has_text[row], right.has_text[first:end], shares[TEXT], total)
    else:
        total[:] = _ZERO
    _note_part(before, total, part[TEXT])

    if shares[TOPICS] > _ZERO or musts[TOPICS]:
        asked = 0
        for rank in range(left.topic_start[row + 1] - left.topic_start[row]):
            asked += fits.topic_weight(rank)
        lines.topics_line(
            found, liked, np.float32(asked), right.silent[first:end],
            shares[TOPICS], _TOPICS if musts[TOPICS] else _NOTHING, view, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[TOPICS])

    lines.common_bits(left.languages[:, row], right.languages, first, one)
    lines.languages_line(
        one, left.spoken[row], right.spoken[first:end],
        shares[LANGUAGES], _NO_LANGUAGE, view, total, codes,
    )  # fmt: skip
    _note_part(before, total, part[LANGUAGES])

    if shares[EXPERIENCE] > _ZERO or musts[EXPERIENCE]:
        lines.experience_line(
            left.years[row], right.years[first:end], rules.ladder,
            shares[EXPERIENCE], _EXPERIENCE if musts[EXPERIENCE] else _NOTHING, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[EXPERIENCE])

    if shares[INDUSTRY] > _ZERO or musts[INDUSTRY]:
        lines.sameness_line(
            left.industry[row], right.industry[first:end], rules.same_industry,
            shares[INDUSTRY], _INDUSTRY if musts[INDUSTRY] else _NOTHING, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[INDUSTRY])

    if shares[FUNCTION] > _ZERO or musts[FUNCTION]:
        lines.sameness_line(
            left.function[row], right.function[first:end], rules.same_function,
            shares[FUNCTION], _FUNCTION if musts[FUNCTION] else _NOTHING, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[FUNCTION])

    if rules.other_team:
        lines.sameness_line(
            left.team[row], right.team[first:end], False, _ZERO, _SAME_TEAM, total, codes
        )

    if shares[VALUES] > _ZERO or musts[VALUES]:
        lines.values_line(
            left.levels[:, row], left.answered[:, row],
            right.levels, right.answered, first, one, two,
            shares[VALUES], _VALUES if musts[VALUES] else _NOTHING, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[VALUES])

    if shares[AVAILABILITY] > _ZERO or musts[AVAILABILITY]:
        lines.common_bits(left.week[:, row], right.week, first, one)
        lines.availability_line(
            one, left.hours[row], right.hours[first:end], rules.min_hours,
            shares[AVAILABILITY], _AVAILABILITY if musts[AVAILABILITY] else _NOTHING, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[AVAILABILITY])

    if shares[FORMAT] > _ZERO or musts[FORMAT]:
        lines.format_line(
            left.formats[row], left.site[row], right.formats[first:end], right.site[first:end],
            shares[FORMAT], _FORMAT if musts[FORMAT] else _NOTHING, view, total, codes,
        )  # fmt: skip
    _note_part(before, total, part[FORMAT])

    if shares[WISHES] > _ZERO:
        unwished = fits.points(fits.wish_fit(_NOT_WISHED, _NOT_WISHED), shares[WISHES])
        for j in range(n):
            total[j] += unwished
    _note_part(before, total, part[WISHES])


@compiled
def _add_special(
    special: Specials,
    at: int,
    place: int,
    full: bool,
    rules: Rules,
    view: int,
    total: Totals,
    codes: RuleCodes,
    part: Array,
) -> None:
    """What is special about one pair, at a place of its line."""
    mentee, mentor = special.mentee_wish[at], special.mentor_wish[at]
    if rules.shares[WISHES] > _ZERO:
        share = rules.shares[WISHES]
        joined = fits.wish_fit(mentee, mentor)
        wished = joined if view == lines.JOINED else mentee if view == lines.MENTEE else mentor
        usual = fits.points(fits.wish_fit(_NOT_WISHED, _NOT_WISHED), share)
        more = fits.points(wished, share) - usual
        total[place] += more
        if part.shape[1] > 0:
            part[WISHES, place] += more
    if codes[place] == _WISHES and mentee > _NOT_WISHED:
        codes[place] = _NO_SEAT if full else _NOTHING
    codes[place] = min(codes[place], special.rule[at])


@compiled
def _text_block(left: Side, whose: Numbers, offers: Offers, begin: int, totals: Totals) -> None:
    """Dot products of the texts of a few mentees and the mentors from `begin` on, into totals."""
    for start in range(0, totals.shape[1], dots.STRETCH):
        end = min(start + dots.STRETCH, totals.shape[1])
        for place in range(len(whose)):
            own = left.signature[whose[place]]
            first = begin - offers.first + start
            dots.text_dots(own, offers.signature, first, totals[place, start:end])


@compiled
def _dot(one: NDArray[np.int8], other: NDArray[np.int8]) -> np.float32:
    total = np.int32(0)
    for d in range(len(one)):
        total += np.int32(one[d]) * np.int32(other[d])
    return np.float32(total)


@compiled
def _bring_near(right: Side, columns: Numbers, near: Side) -> None:
    """Copy the columns of these mentors side by side."""
    for place in range(len(columns)):
        column = columns[place]
        near.silent[place] = right.silent[column]
        near.spoken[place] = right.spoken[column]
        near.years[place] = right.years[column]
        near.industry[place] = right.industry[column]
        near.function[place] = right.function[column]
        near.team[place] = right.team[column]
        near.site[place] = right.site[column]
        near.formats[place] = right.formats[column]
        near.hours[place] = right.hours[column]
        near.has_text[place] = right.has_text[column]
        near.full[place] = right.full[column]
        for word in range(len(right.languages)):
            near.languages[word, place] = right.languages[word, column]
        for word in range(len(right.levels)):
            near.levels[word, place] = right.levels[word, column]
            near.answered[word, place] = right.answered[word, column]
        for word in range(len(right.week)):
            near.week[word, place] = right.week[word, column]


@compiled
def score_lines(
    left: Side,
    rows: tuple[int, int],
    whose: Numbers,
    right: Side,
    columns: tuple[int, int],
    starts: Numbers,
    listed: Numbers,
    source: Side,
    special: Specials,
    rules: Rules,
    offers: Offers,
    view: int,
    keep: bool,
    corner: tuple[int, int],
    totals: Totals,
    blocked: RuleCodes,
    parts: NDArray[np.float32],
) -> None:
    """Score mentees rows[0] to rows[1] against mentors columns[0] to columns[1], or lists.

    A block: `listed` is empty; totals (float32) takes the result, blocked (int8) the rules; without
    rows, rules are not written; corner is the pair at [0, 0] of both; source is the mentors
    themselves, and offers are theirs. Lists: mentee whose[k], for k of rows, against
    listed[starts[k] : starts[k + 1]]; totals and blocked have one row with a place per candidate;
    source is room for TILE mentors; the columns are (0, 1). parts: float32 (criteria, candidates),
    takes what each criterion adds; without places, nothing is kept.
    """
    work = np.empty((_WORK, TILE), dtype=np.float32)
    sums = np.empty((2, TILE), dtype=np.uint16)
    codes = np.empty(TILE, dtype=np.int8)
    with_topics = rules.shares[TOPICS] > _ZERO or rules.musts[TOPICS]
    with_text = rules.shares[TEXT] > _ZERO
    is_list = len(listed) > 0
    for tile in range(columns[0], columns[1], TILE):
        for k in range(rows[0], rows[1]):
            row, line = whose[k], 0 if is_list else k - corner[0]
            begin = starts[k] if is_list else tile
            last = starts[k + 1] if is_list else min(tile + TILE, columns[1])
            while begin < last:
                n = min(TILE, last - begin)
                place = begin if is_list else begin - corner[1]
                total, code = totals[line, place : place + n], codes[:n]
                part = parts[:, place : place + n]
                found, liked = sums[0, :n], sums[1, :n]
                if is_list:
                    here = listed[begin : begin + n]
                    _bring_near(right, here, source)
                    for j in range(n if with_text else 0):
                        total[j] = _dot(left.signature[row], right.signature[here[j]])
                    if with_topics:
                        look_offers(left, row, right, here, rules, found, liked)
                else:
                    if with_text and (k - rows[0]) % MENTEES == 0:
                        many = min(MENTEES, rows[1] - k)
                        ahead = totals[line : line + many, place : place + n]
                        _text_block(left, whose[k : k + many], offers, begin, ahead)
                    if with_topics:
                        add_offers(left, row, offers, begin - offers.first, found, liked)
                first = 0 if is_list else begin
                asking = special.asking[row]
                _score_line(
                    left, row, source, first, asking, rules, view,
                    found, liked, work, total, code, part,
                )  # fmt: skip
                for at in range(special.start[row], special.start[row + 1]):
                    column = special.column[at]
                    # A special pair of a block has one place; a list has to be looked through.
                    low = 0 if is_list else column - begin
                    high = n if is_list else min(low + 1, n)
                    for j in range(max(low, 0), high):
                        if not is_list or listed[begin + j] == column:
                            full = right.full[column]
                            _add_special(special, at, j, full, rules, view, total, code, part)
                if not keep:
                    for j in range(n):
                        total[j] = fits.pick(code[j] == _NOTHING, total[j], _NAN)
                if len(blocked) > 0:
                    for j in range(n):
                        blocked[line, place + j] = fits.pick(
                            code[j] == _NOTHING, np.int8(0), code[j]
                        )
                begin += n
