"""Laws of every criterion: range, monotone, neutral when not answered."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import fits

unit = st.floats(0, 1, width=32)
small = st.integers(0, 5)


@numba.njit
def picked(condition: bool, yes: float, no: float) -> float:
    return fits.pick(condition, yes, no)


def row(*values: float) -> fits.Array:
    return np.array([values], dtype=np.float32)


def flags(*values: bool) -> fits.Flags:
    return np.array([values], dtype=np.bool_)


@given(a=unit, b=unit, more=unit)
def test_both_sides_lies_between_the_two_and_never_falls(a: float, b: float, more: float) -> None:
    joined = fits.both_sides(row(a), row(b))[0, 0]
    assert min(a, b) - 1e-6 <= joined <= max(a, b) + 1e-6
    assert joined <= fits.both_sides(row(max(a, more)), row(b))[0, 0] + 1e-6
    assert joined == fits.both_sides(row(b), row(a))[0, 0]


@given(rank=st.integers(0, 30))
def test_topics_further_down_the_list_weigh_less_but_always_something(rank: int) -> None:
    assert fits.topic_weight(rank) >= fits.topic_weight(rank + 1) >= 10
    for related in (False, True):
        for ranked in (False, True):
            here = fits.topic_points(rank, related=related, ranked=ranked)
            assert here >= fits.topic_points(rank + 1, related=related, ranked=ranked) > 0
            assert here <= fits.TOPIC_SCALE


@given(
    wanted=st.lists(st.sampled_from([0, 60, 40, 30]), min_size=4, max_size=4),
    offered=st.lists(st.sampled_from([0, 10, 20]), min_size=4, max_size=4),
    extra=st.integers(0, 3),
)
def test_topic_fit_never_falls_when_more_is_offered(
    wanted: list[int], offered: list[int], extra: int
) -> None:
    more = [20 if place == extra else points for place, points in enumerate(offered)]
    speaks = np.array([False])
    before = fits.topic_fit(row(*wanted), row(*offered), speaks)[0, 0]
    after = fits.topic_fit(row(*wanted), row(*more), speaks)[0, 0]
    assert 0 <= before <= after <= 1


def test_topic_fit_of_who_wants_nothing_is_full_and_of_who_offers_nothing_said_is_low() -> None:
    assert fits.topic_fit(row(0, 0), row(20, 0), np.array([False]))[0, 0] == 1
    assert fits.topic_fit(row(0, 0), row(0, 0), np.array([True]))[0, 0] == 1
    assert fits.topic_fit(row(60, 0), row(0, 0), np.array([True]))[0, 0] == fits.UNKNOWN_OFFER


@given(shared=small, own=st.integers(1, 5))
def test_language_fit_never_falls_with_more_shared(shared: int, own: int) -> None:
    fit = fits.language_fit(row(min(shared, own)), row(own), flags(True))[0, 0]
    more = fits.language_fit(row(min(shared + 1, own)), row(own), flags(True))[0, 0]
    assert 0 <= fit <= more <= 1
    assert (fit == 0) == (shared == 0)
    assert fits.language_fit(row(0), row(0), flags(False))[0, 0] == fits.UNKNOWN


LADDERS = [(2.0, 8.0, 20.0), (0.0, 5.0, 10.0), (5.0, 5.0, 5.0), (-20.0, -5.0, 0.0), (0.0, 0.0, 3.0)]


@pytest.mark.parametrize("ladder", LADDERS)
@given(gap=st.floats(-60, 60), step=st.floats(0, 5))
def test_experience_fit_rises_to_the_ideal_and_falls_beyond(
    ladder: tuple[float, float, float], gap: float, step: float
) -> None:
    fit, farther = fits.experience_fit(row(gap, gap + step), *ladder)[0]
    assert 0 <= fit <= 1
    if gap + step <= ladder[1]:
        assert fit <= farther + 1e-6
    if gap >= ladder[1]:
        assert fit >= farther - 1e-6
    assert fits.experience_fit(row(ladder[1]), *ladder)[0, 0] == 1
    assert fits.experience_fit(row(float("nan")), *ladder)[0, 0] == fits.UNKNOWN


def test_experience_fit_is_half_at_both_ends_of_the_range_and_nothing_without_a_lead() -> None:
    fit = fits.experience_fit(row(0, 2, 20, 32, -5), 2, 8, 20)[0]
    assert list(fit) == [0, 0.5, 0.5, 0, 0]


@given(equal=st.booleans(), known=st.booleans())
def test_sameness_fit_of_the_two_modes_is_complementary(equal: bool, known: bool) -> None:
    same = fits.sameness_fit(flags(equal), flags(known), "same")[0, 0]
    different = fits.sameness_fit(flags(equal), flags(known), "different")[0, 0]
    assert same + different == 1
    assert known or same == fits.UNKNOWN


@given(distance=st.integers(0, 40), common=st.integers(0, 10))
def test_values_fit_never_rises_with_distance(distance: int, common: int) -> None:
    distance = min(distance, 4 * common)
    fit = fits.values_fit(row(distance), row(common))[0, 0]
    closer = fits.values_fit(row(max(0, distance - 1)), row(common))[0, 0]
    assert 0 <= fit <= closer <= 1
    assert common or fit == fits.UNKNOWN


@given(hours=st.integers(0, 168), least=st.integers(0, 20))
def test_availability_fit_never_falls_with_hours_and_is_full_when_plenty(
    hours: int, least: int
) -> None:
    fit, more = fits.availability_fit(row(hours, hours + 1), flags(True, True), least)[0]
    assert 0 <= fit <= more <= 1
    assert (fit == 1) == (hours >= max(fits.ENOUGH_HOURS, 2 * least))
    assert fits.availability_fit(row(hours), flags(False), least)[0, 0] == fits.UNKNOWN_TIMES


@given(online=st.sampled_from([0, 1]), on_site=st.sampled_from([0, 0.5, 1]), own=st.integers(1, 2))
def test_format_fit_never_falls_with_more_ways(online: float, on_site: float, own: int) -> None:
    fit = fits.format_fit(row(online), row(on_site), row(own), flags(True))[0, 0]
    assert 0 <= fit <= fits.format_fit(row(1), row(on_site), row(own), flags(True))[0, 0] <= 1
    assert fit <= fits.format_fit(row(online), row(1), row(own), flags(True))[0, 0] <= 1
    assert (fit == 0) == (online + on_site == 0)
    assert fits.format_fit(row(0), row(0), row(0), flags(False))[0, 0] == fits.UNKNOWN


@given(dot=st.integers(-16129, 16129), more=st.integers(0, 16129))
def test_text_fit_never_falls_with_likeness(dot: int, more: int) -> None:
    fit, closer = fits.text_fit(row(dot, dot + more), flags(True, True))[0]
    assert 0 <= fit <= closer <= 1
    assert (fit == 0) == (dot <= fits.FAINT_TEXT)
    assert (fit == 1) == (dot >= fits.FAINT_TEXT + fits.TEXT_RANGE)
    assert fits.text_fit(row(dot), flags(False))[0, 0] == fits.UNKNOWN_TEXT


@given(fit=unit, share=st.integers(0, 1 << 23))
def test_points_are_whole_multiples_of_a_point_and_near_the_share_of_the_fit(
    fit: float, share: int
) -> None:
    whole = np.float32(share * fits.POINT)
    points = float(fits.points(row(fit), whole)[0, 0])
    assert points / fits.POINT == round(points / fits.POINT)
    assert abs(points - float(whole) * fit) <= 0.75 * fits.POINT
    assert fits.points(row(1), whole)[0, 0] == whole


@given(weights=st.lists(st.floats(0, 10), min_size=1, max_size=10).filter(any))
def test_shares_add_up_to_exactly_one(weights: list[float]) -> None:
    shares = fits.shares_of(dict(enumerate(weights)))
    assert sum(shares.values()) == 1
    assert shares.keys() == {place for place, weight in enumerate(weights) if weight > 0}
    for place, share in shares.items():
        assert share == np.float32(share) >= 0
        assert abs(share - weights[place] / sum(weights)) <= len(weights) * fits.POINT


@given(rank=st.integers(0, 20))
def test_a_wish_of_one_side_gains_although_the_other_named_nobody(rank: int) -> None:
    assert fits.wish_value(rank) >= fits.wish_value(rank + 1) >= fits.LOWEST_WISH
    wished = fits.wish_fit(row(fits.wish_value(rank)), row(fits.NOT_WISHED))[0, 0]
    assert fits.NOT_WISHED < wished < fits.wish_fit(row(1), row(fits.wish_value(rank)))[0, 0] + 1e-6


@given(condition=st.booleans(), yes=unit, no=unit)
def test_picking_one_compiled_is_picking_from_many(condition: bool, yes: float, no: float) -> None:
    whole = fits.pick(np.array([condition]), np.array([yes]), np.array([no]))
    one = fits._pick_one(condition, yes, no)(condition, yes, no)
    assert whole.tolist() == [one] == [picked(condition, yes, no)]
