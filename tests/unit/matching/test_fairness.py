import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import (
    OBJECTIVES,
    Mentee,
    Mentor,
    ScoresError,
    assign,
    assignment_of,
    compare_objectives,
    fairness_report,
    score,
    swap_test,
)
from tandemwerk.matching.fairness import SMALLEST_GROUP

from .people import mentee, mentees, mentor, mentors
from .test_objectives import problems

NAN = float("nan")


def test_the_report_says_who_has_what() -> None:
    fits = np.array([[0.9, 0.1], [0.5, 0.4], [0.7, NAN], [NAN, NAN]])
    report = fairness_report(fits, assign(fits, [2, 3]))
    assert (report.fits.matched, report.fits.unmatched) == (3, 1)
    assert report.fits.mean == pytest.approx(2.0 / 3)
    assert [q for q, _ in report.fits.quantiles] == [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    assert report.fits.quantiles[0][1] == 0.4
    assert report.fits.histogram == (0, 0, 0, 0, 1, 0, 0, 1, 0, 1)
    assert [(w.mentee, w.mentor, w.fit) for w in report.worst_off] == [
        (3, -1, None), (1, 1, 0.4), (2, 0, 0.7), (0, 0, 0.9),
    ]  # fmt: skip
    assert report.load.counts == ((1, 1), (2, 1))
    assert (report.load.mentors, report.load.idle, report.load.most) == (2, 0, 2)
    assert (report.groups, report.prices) == ({}, ())
    assert json.loads(json.dumps(report.to_dict()))["fits"]["matched"] == 3


def test_an_empty_run_is_no_trouble() -> None:
    fits = np.full((2, 2), NAN)
    report = fairness_report(fits, assign(fits, [0, 0]), compare=OBJECTIVES)
    assert (report.fits.mean, report.fits.quantiles, report.fits.gini) == (None, (), None)
    assert (report.load.mean, report.load.gini, report.load.most) == (None, None, 0)
    assert [row.worst for row in report.prices] == [None] * 4


@given(values=st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.9, 1.0]), min_size=1, max_size=8))
def test_gini_is_the_mean_distance_of_two_people(values: list[float]) -> None:
    fits = np.diag(values)
    fits[fits == 0] = NAN
    np.fill_diagonal(fits, values)
    report = fairness_report(fits, assignment_of(fits, range(len(values)), [1] * len(values)))
    mean = sum(values) / len(values)
    apart = sum(abs(a - b) for a, b in product(values, values)) / len(values) ** 2
    if sum(values) > 0:
        assert report.fits.gini == pytest.approx(apart / (2 * mean), abs=1e-9)
    else:
        assert report.fits.gini is None


def test_negative_fits_have_no_gini() -> None:
    fits = np.array([[-0.5], [2.0]])
    report = fairness_report(fits, assign(fits, [2]))
    assert report.fits.gini is None
    assert report.fits.histogram[0] == report.fits.histogram[-1] == 1


def rates(sizes: dict[str | None, tuple[int, int]]) -> dict[str | None, object]:
    """Report on groups of (people, of whom matched)."""
    values = [value for value, (people, _) in sizes.items() for _ in range(people)]
    chosen = [0 if k < m else -1 for people, m in sizes.values() for k in range(people)]
    fits = np.full((len(values), 1), 0.5)
    result = assignment_of(fits, chosen, [len(values)])
    report = fairness_report(fits, result, {"age": values})
    return {rate.value: rate for rate in report.groups["age"]}


def test_a_group_far_below_the_best_is_marked() -> None:
    found = rates({"old": (10, 7), "young": (10, 10), None: (8, 8)})
    assert list(found) == ["old", "young", None]
    assert (found["old"].ratio, found["old"].below_four_fifths) == (0.7, True)
    assert (found["young"].ratio, found["young"].below_four_fifths) == (1.0, False)
    assert found[None].mean_fit == 0.5
    nobody = rates({"old": (10, 0), "young": (10, 0)})
    assert (nobody["old"].ratio, nobody["old"].mean_fit) == (None, None)


@given(sizes=st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_no_small_group_can_be_seen_or_worked_out(sizes: list[int]) -> None:
    found = rates({f"g{place}": (size, size) for place, size in enumerate(sizes)})
    hidden = [size for place, size in enumerate(sizes) if found[f"g{place}"].people is None]
    assert all(rate.people is None or rate.people >= SMALLEST_GROUP for rate in found.values())
    assert not hidden or len(hidden) == len(sizes) or sum(hidden) >= SMALLEST_GROUP
    assert len(hidden) != 1 or len(sizes) == 1
    if min(sizes) >= SMALLEST_GROUP:
        assert hidden == []


def test_groups_must_suit_the_mentees() -> None:
    fits = np.ones((2, 1))
    with pytest.raises(ScoresError) as caught:
        fairness_report(fits, assign(fits, [2]), {"age": ["old"]})
    assert caught.value.code == "groups_length"


@given(problem=problems())
def test_prices_are_measured_against_the_best_total(
    problem: tuple[np.ndarray, list[int]],
) -> None:
    fits, seats = problem
    start = assign(fits, seats)
    rows = compare_objectives(fits, start)
    assert [row.objective for row in rows] == list(OBJECTIVES)
    total, stable, fair, balanced = rows
    assert (total.people_lost, total.total_lost) == (0, 0)
    assert stable.people_lost >= 0
    assert fair.people_lost == balanced.people_lost == 0
    assert min(fair.total_lost, balanced.total_lost) >= -1e-9
    assert total.worst is None or total.worst <= fair.worst
    assert all(row.matched + row.unmatched == len(fits) for row in rows)


@given(left=mentees(2), right=mentors(2), data=st.data())
def test_a_protected_attribute_changes_nothing(
    left: list[Mentee], right: list[Mentor], data: st.DataObject
) -> None:
    scores = score(left, right, forbidden=[("e0", "o0")])
    ids = [person.id for person in (*left, *right)]
    sexes = {key: data.draw(st.sampled_from("fmd")) for key in ids}
    sexes[ids[0]], sexes[ids[1]] = "f", "m"
    result = swap_test(scores, assign(scores), "sex", sexes)
    assert result.passed
    assert not result.in_profile
    assert result.people == len(ids)
    assert result.to_dict()["passed"]


def test_a_field_of_the_profile_shows_up_as_a_proxy() -> None:
    left = [mentee("mia", function="IT"), mentee("ben", function="HR")]
    right = [mentor("tom", function="IT"), mentor("kim", function="HR")]
    scores = score(left, right)
    values = {"mia": "HR", "ben": "IT"}
    result = swap_test(scores, assign(scores, fixed=[(0, 0)]), "function", values)
    assert result.in_profile
    assert result.largest_change > 0
    assert not result.passed
    team = swap_test(
        score([mentee("mia", team="A")], [mentor("tom", team="B")]),
        assign(score([mentee("mia", team="A")], [mentor("tom", team="B")]), fixed=[(0, 0)]),
        "team",
        {"mia": "A", "gone": "B"},
    )
    assert (team.rules_changed, team.pairs_changed, team.people) == (1, 1, 1)


def test_a_swap_needs_two_values() -> None:
    scores = score([mentee()], [mentor()])
    with pytest.raises(ScoresError) as caught:
        swap_test(scores, assign(scores), "sex", {"mia": "f"})
    assert caught.value.code == "swap_needs_two_values"
