import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import (
    Criteria,
    MatchingError,
    Mentee,
    Mentor,
    Population,
    ProfileError,
    Scores,
    alternatives,
    assign,
    assignment_of,
    error_text,
    inputs_digest,
    move_effect,
    rank,
    reason_text,
    score,
    swap_effect,
    why_unmatched,
)

from .people import mentee, mentees, mentor, mentors

DE, EN = frozenset({"de"}), frozenset({"en"})


def small() -> Scores:
    """Two mentees, three mentors; Mia may not have Kim, who leads her."""
    return score(
        [mentee("mia", reports_to="kim", topics=("hiring",)), mentee("ben", topics=("promotion",))],
        [mentor("tom", topics=("hiring",)), mentor("kim"), mentor("eva", topics=("promotion",))],
    )


WHY = [
    (mentee(languages=DE), [mentor(languages=EN)], {}, "unmatched_no_shared_language"),
    (mentee(team="A"), [mentor(team="A"), mentor("kim", team="A")], {}, "unmatched_same_team"),
    (mentee(), [mentor(seats=0)], {}, "unmatched_all_full"),
    (mentee(), [mentor()], {"capacity": [0]}, "unmatched_all_full"),
    (mentee(), [mentor()], {"floor": 0.99}, "unmatched_below_floor"),
    (mentee(), [mentor()], {"forbidden": [(0, 0)]}, "unmatched_forbidden"),
    (
        mentee(languages=DE, team="A"),
        [mentor(languages=EN), mentor("kim", team="A")],
        {},
        "unmatched_rules",
    ),
]


@pytest.mark.parametrize(("person", "others", "options", "code"), WHY)
def test_the_reason_for_staying_unmatched(
    person: Mentee, others: list[Mentor], options: dict, code: str
) -> None:
    scores = score([person], others)
    reason = why_unmatched(scores, assign(scores, **options), 0)
    assert reason.code == code
    assert reason_text(reason, "de")
    assert reason_text(reason, "en", perspective="coordinator")


def test_only_mentors_above_the_floor_count_as_full() -> None:
    scores = score([mentee("a"), mentee("b")], [mentor()])
    result = assign(scores, floor=0.1)
    reason = why_unmatched(scores, result, result.unmatched[0])
    assert (reason.code, reason.params["mentors"]) == ("unmatched_all_full", 1)


def test_after_a_change_by_hand_a_seat_may_be_free() -> None:
    scores = score([mentee()], [mentor()])
    assert why_unmatched(scores, assignment_of(scores, [-1]), 0).code == "unmatched_seat_free"
    with pytest.raises(MatchingError) as caught:
        why_unmatched(scores, assign(scores), 0)
    assert caught.value.code == "person_matched"


@given(left=mentees(2), right=mentors(2), floor=st.none() | st.floats(0, 1))
def test_everyone_unmatched_has_a_reason_and_never_a_free_fitting_seat(
    left: list[Mentee], right: list[Mentor], floor: float | None
) -> None:
    scores = score(left, right)
    result = assign(scores, floor=floor)
    for row in result.unmatched:
        reason = why_unmatched(scores, result, row)
        assert reason.code != "unmatched_seat_free"
        assert reason_text(reason, "de")


def test_alternatives_are_the_next_best_allowed_with_their_seats() -> None:
    scores = small()
    result = assign(scores, [1, 1, 2])
    assert result.pairs == [(0, 0), (1, 2)]
    (only,) = alternatives(scores, result, 0)
    assert (only.mentor, only.score, only.is_free) == (2, scores.total[0, 2], True)
    first, second = alternatives(scores, result, 1)
    assert first.score >= second.score
    assert len(alternatives(scores, result, 1, k=1)) == 1
    assert not {a.mentor: a for a in (first, second)}[0].is_free
    forbidden = assign(scores, [1, 1, 2], forbidden=[(0, 2)])
    assert alternatives(scores, forbidden, 0) == []
    nobody = assignment_of(scores, [-1, -1])
    assert [a.mentor for a in alternatives(scores, nobody, 0)] == [0, 2]


def test_a_move_tells_what_it_would_do_without_doing_it() -> None:
    scores = small()
    result = assign(scores, [1, 1, 2])
    effect = move_effect(scores, result, 0, 2)
    assert effect.is_possible
    assert effect.mentor_of == (2, 2)
    assert effect.total_change == pytest.approx(scores.total[0, 2] - scores.total[0, 0])
    assert effect.worst_after == pytest.approx(scores.total[0, 2])
    assert effect.unmatched_change == 0
    assert list(result.mentor_of) == [0, 2]

    gone = move_effect(scores, result, 0, None)
    assert gone.is_possible
    assert gone.unmatched_change == 1
    nobody = assignment_of(scores, [-1, -1])
    assert move_effect(scores, nobody, 0, None).worst_before is None
    assert move_effect(scores, nobody, 0, 0).worst_before is None


def test_a_move_names_what_forbids_it() -> None:
    scores = small()
    result = assign(scores, [1, 1, 1], fixed=[(0, 0)], forbidden=[(1, 1)])
    assert move_effect(scores, result, 0, 1).problems == ("locked", "blocked_reporting_line")
    assert move_effect(scores, result, 1, 0).problems == ("no_seat_left",)
    assert move_effect(scores, result, 1, 1).problems == ("blocked_forbidden",)
    assert move_effect(scores, result, 0, 0).problems == ()
    blocked = move_effect(scores, result, 0, 1)
    assert blocked.total_after == pytest.approx(scores.full_total(0, 1) + scores.total[1, 2])


def test_a_mentor_without_seats_is_full_not_ruled_out() -> None:
    scores = score([mentee()], [mentor(seats=0)])
    assert move_effect(scores, assign(scores), 0, 0).problems == ("no_seat_left",)


def test_leaving_an_overfull_mentor_is_no_problem() -> None:
    scores = score([mentee("a"), mentee("b"), mentee("c")], [mentor("tom"), mentor("kim")])
    overfull = assignment_of(scores, [0, 0, 0])
    assert move_effect(scores, overfull, 0, 1).is_possible


@given(left=mentees(2), right=mentors(2), data=st.data())
def test_a_swap_keeps_seats_and_its_change_is_the_difference_of_totals(
    left: list[Mentee], right: list[Mentor], data: st.DataObject
) -> None:
    scores = score(left, right)
    result = assign(scores)
    first, second = data.draw(st.permutations(range(len(left))))[:2]
    effect = swap_effect(scores, result, first, second)
    assert "no_seat_left" not in effect.problems
    assert effect.unmatched_change == 0
    assert effect.total_before == pytest.approx(result.total)
    if effect.is_possible:
        after = assignment_of(scores, effect.mentor_of)
        assert effect.total_after == pytest.approx(after.total)
        assert effect.total_change <= 1e-9


@given(left=mentees(1, 1), right=mentors(), k=st.integers(0, 6))
def test_recommendations_are_the_best_allowed_best_first(
    left: list[Mentee], right: list[Mentor], k: int
) -> None:
    found = rank(left[0], right, k=k)
    totals = score(left, right).total[0]
    expected = sorted(totals[~np.isnan(totals)], reverse=True)[:k]
    assert [r.score for r in found] == pytest.approx(expected)
    assert all(r.reasons or r.differences or not r.mentor.languages for r in found)


@given(left=mentees(1, 1), right=mentors())
def test_the_reasons_of_a_recommendation_add_up_to_its_score(
    left: list[Mentee], right: list[Mentor]
) -> None:
    for population in (right, Population(right)):
        for found in rank(left[0], population):
            said = (*found.reasons, *found.differences, *found.neutral)
            assert sum(r.points for r in said) == pytest.approx(found.score, abs=1e-6)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"k": -1}, "recommendations_number"),
        ({"k": 2.5}, "recommendations_number"),
        ({"k": True}, "recommendations_number"),
        ({"k": None}, "recommendations_number"),
        ({"eligible": "kim"}, "eligible_not_ids"),
        ({"eligible": 7}, "eligible_not_ids"),
        ({"eligible": np.array([0, 2])}, "eligible_not_ids"),
        ({"eligible": np.array([True])}, "eligible_shape"),
    ],
)
def test_wrong_questions_are_refused_alike_by_a_list_and_a_population(
    options: dict, code: str
) -> None:
    others = [mentor("tom"), mentor("kim")]
    for population in (others, Population(others)):
        with pytest.raises(MatchingError) as caught:
            rank(mentee(), population, **options)
        assert caught.value.code == code
        assert "did not work" not in error_text(caught.value, "en")


def test_recommendations_answer_alike_from_a_list_and_a_population() -> None:
    others = [mentor("tom"), mentor("kim"), mentor("eva")]
    for population in (others, Population(others)):
        assert rank(mentee(), population, k=0) == []
        some = rank(mentee(), population, eligible=iter(["kim", "gone"]), k=np.int64(2))  # type: ignore[arg-type]  # any iterable
        assert [r.mentor.id for r in some] == ["kim"]


def test_one_mail_is_one_person_under_whatever_id() -> None:
    one, same = mentor("1", email="x@y.de"), mentor("2", email="X@Y.de ")
    with pytest.raises(ProfileError) as caught:
        score([mentee()], [one, same])
    assert (caught.value.code, caught.value.params["rows"]) == ("person_twice", [0, 1])
    with pytest.raises(ProfileError):
        Population([one, same])
    population = Population([one, mentor("3", email="z@y.de")])
    with pytest.raises(ProfileError) as caught:
        population.add(same)
    assert caught.value.params["rows"] == [0, 2]
    assert "2" not in population
    with pytest.raises(ProfileError):
        population.update(mentor("3", email="x@y.de"))
    population.update(mentor("1", email="X@y.de"))
    population.remove("1")
    assert population.add(same) == 1


def test_recommendations_can_be_limited_to_the_eligible() -> None:
    others = [mentor("tom"), mentor("kim"), mentor("eva")]
    assert [r.mentor.id for r in rank(mentee(), others, eligible={"kim", "gone"})] == ["kim"]
    assert rank(mentee(), others, eligible=()) == []
    assert [r.mentor.id for r in rank(mentee(), others, forbidden=[("mia", "tom")])] == [
        "eva",
        "kim",
    ]


@given(left=mentees(2), right=mentors(2), data=st.data())
def test_the_fingerprint_ignores_order(
    left: list[Mentee], right: list[Mentor], data: st.DataObject
) -> None:
    first = inputs_digest(left, right, Criteria(), fixed=[("a", "b"), ("c", "d")])
    rows = data.draw(st.permutations(left))
    assert inputs_digest(rows, right, Criteria(), fixed=[("c", "d"), ("a", "b")]) == first


def test_the_fingerprint_sees_every_change() -> None:
    left, right, criteria = [mentee()], [mentor()], Criteria()
    prints = {
        inputs_digest(left, right, criteria),
        inputs_digest([mentee(week=1)], right, criteria),
        inputs_digest([mentee(values={"a": 1})], right, criteria),
        inputs_digest([mentee(experience_years=1)], right, criteria),
        inputs_digest(left, [mentor(seats=2)], criteria),
        inputs_digest(left, right, Criteria(min_overlap_hours=2)),
        inputs_digest(left, right, criteria, capacity={"tom": 2}),
        inputs_digest(left, right, criteria, fixed=[("mia", "tom")]),
        inputs_digest(left, right, criteria, forbidden=[("mia", "tom")]),
        inputs_digest(left, right, criteria, floor=0.1),
        inputs_digest(left, right, criteria, objective="other"),
        inputs_digest(left, right, criteria, seed=1),
        inputs_digest(left, right, criteria, previous=()),
        inputs_digest(left, right, criteria, previous=[("mia", "tom")]),
    }
    assert len(prints) == 14
    assert all(len(digest) == 64 for digest in prints)
