import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    Criteria,
    Criterion,
    Mentee,
    Mentor,
    ProfileError,
    Rule,
    Scores,
    ScoresError,
    score,
    scorer,
)

from .people import mentee, mentees, mentor, mentors

OPEN = Criteria(same_team_forbidden=False)


def only(criterion: Criterion, **options: object) -> Criteria:
    """Criteria that count one thing."""
    weights = {c: 10.0 if c is criterion else 0.0 for c in Criterion}
    return Criteria(weights=weights, **options)  # type: ignore[arg-type]  # options by name


def fit(left: Mentee, right: Mentor, criteria: Criteria = OPEN) -> float:
    return float(score([left], [right], criteria).total[0, 0])


def rule(left: Mentee, right: Mentor, criteria: Criteria = OPEN, **options: object) -> Rule:
    scores = score([left], [right], criteria, **options)  # type: ignore[arg-type]  # options by name
    assert np.isnan(scores.total[0, 0]) == (scores.blocked[0, 0] != 0)
    return Rule(int(scores.blocked[0, 0]))


@given(left=mentees(), right=mentors(), team=st.booleans())
def test_totals_are_the_sum_of_points_and_lie_between_0_and_1(
    left: list[Mentee], right: list[Mentor], team: bool
) -> None:
    scores = score(left, right, Criteria(same_team_forbidden=team))
    assert scores.total.shape == (len(left), len(right))
    assert (np.isnan(scores.total) == (scores.blocked != 0)).all()
    for row in range(len(left)):
        for column in range(len(right)):
            points = [scores.points(c, row, column) for c in Criterion]
            assert all(p >= 0 for p in points)
            assert sum(points) == scores.full_total(row, column)
            assert 0 <= sum(points) <= 1
            if not scores.blocked[row, column]:
                assert scores.total[row, column] == sum(points)
            low, high = sorted((scores.mentee_fit[row, column], scores.mentor_fit[row, column]))
            assert 0 <= low <= high <= 1 + 1e-6
            assert low - 0.3 <= sum(points) <= high + 1e-6


@settings(max_examples=50)
@given(left=mentees(2), right=mentors(2), data=st.data())
def test_scores_do_not_depend_on_the_order_of_people(
    left: list[Mentee], right: list[Mentor], data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(range(len(left))))
    columns = data.draw(st.permutations(range(len(right))))
    scores = score(left, right)
    mixed = score([left[r] for r in rows], [right[c] for c in columns])
    grid = np.ix_(rows, columns)
    assert np.array_equal(mixed.total, scores.total[grid], equal_nan=True)
    assert np.array_equal(mixed.blocked, scores.blocked[grid])
    assert np.array_equal(mixed.mentee_fit, scores.mentee_fit[grid])


@settings(max_examples=20)
@given(left=mentees(3), right=mentors(3))
def test_the_size_of_blocks_changes_nothing(left: list[Mentee], right: list[Mentor]) -> None:
    whole = score(left, right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scorer, "STEP_COLUMNS", 1)
        patch.setattr(scorer, "MANY_PAIRS", 1)
        small = score(left, right)
    assert np.array_equal(whole.total, small.total, equal_nan=True)
    assert np.array_equal(whole.blocked, small.blocked)


def test_nobody_ranks_last_for_wanting_nothing_and_unanswered_questions_are_middling() -> None:
    silent, picky = mentee("silent"), mentee("picky", topics=("gardening-of-mine",))
    scores = score([silent, picky], [mentor("x", topics=("first-leadership",))], OPEN)
    assert scores.total[0, 0] > scores.total[1, 0]
    assert 0.4 < fit(mentee(), mentor()) < 0.7


def test_related_topics_count_partly_and_a_mentors_first_choice_counts_more() -> None:
    criteria = only(Criterion.TOPICS)
    wanting = mentee(topics=("first-leadership",))
    exact = fit(wanting, mentor(topics=("first-leadership",)), criteria)
    second = fit(wanting, mentor(topics=("hiring", "first-leadership")), criteria)
    related = fit(wanting, mentor(topics=("delegation",)), criteria)
    other = fit(wanting, mentor(topics=("hiring",)), criteria)
    assert exact == 1
    assert exact > second > related > other == 0


@given(
    a=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5)),
    b=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5)),
)
def test_values_are_the_mean_closeness_of_common_answers(a: dict, b: dict) -> None:
    common = a.keys() & b.keys()
    expected = 0.5
    if common:
        expected = 1 - sum(abs(a[item] - b[item]) for item in common) / (4 * len(common))
    found = fit(mentee(values=a), mentor(values=b), only(Criterion.VALUES))
    assert found == pytest.approx(expected, abs=1e-6)


@given(a=st.integers(0, (1 << 168) - 1), b=st.integers(0, (1 << 168) - 1))
def test_availability_counts_common_hours(a: int, b: int) -> None:
    expected = min((a & b).bit_count(), 4) / 4 if a and b else 0.25
    assert fit(mentee(week=a), mentor(week=b), only(Criterion.AVAILABILITY)) == expected


FORMATS = [
    ({"online"}, "", {"online"}, "", 1.0),
    ({"online"}, "", {"on_site"}, "", 0.0),
    ({"on_site"}, "Köln", {"on_site"}, " köln", 1.0),
    ({"on_site"}, "Köln", {"on_site"}, "Bonn", 0.0),
    ({"on_site"}, "Köln", {"on_site"}, "", 0.5),
    ({"online", "on_site"}, "Köln", {"online", "on_site"}, "Köln", 1.0),
    (set(), "", {"online"}, "", 0.5),
]


@pytest.mark.parametrize(("left", "site", "right", "other", "expected"), FORMATS)
def test_formats_need_a_common_way(
    left: set[str], site: str, right: set[str], other: str, expected: float
) -> None:
    one = mentee(formats=frozenset(left), site=site)
    two = mentor(formats=frozenset(right), site=other)
    assert fit(one, two, only(Criterion.FORMAT)) == pytest.approx(expected)


def test_a_favourite_gains() -> None:
    wished = fit(mentee(wishes=("tom",)), mentor(), only(Criterion.WISHES))
    both = fit(mentee(wishes=("tom",)), mentor(wishes=("mia",)), only(Criterion.WISHES))
    assert fit(mentee(), mentor(), only(Criterion.WISHES)) < wished < both == 1


RULES = [
    ({}, {"seats": 0}, Rule.NO_SEAT),
    ({"languages": frozenset({"de"})}, {"languages": frozenset({"en"})}, Rule.NO_SHARED_LANGUAGE),
    ({"languages": frozenset({"de"})}, {}, Rule.ALLOWED),
    ({"reports_to": "tom"}, {}, Rule.REPORTING_LINE),
    ({"reports_to": " TOM@X.DE"}, {"email": "tom@x.de"}, Rule.REPORTING_LINE),
    ({}, {"reports_to": "mia"}, Rule.REPORTING_LINE),
    ({"email": "mia@x.de"}, {"reports_to": "mia@x.de"}, Rule.REPORTING_LINE),
    ({"team": "A"}, {"team": "a "}, Rule.SAME_TEAM),
    ({"team": ""}, {"team": ""}, Rule.ALLOWED),
    ({"id": "tom"}, {}, Rule.SAME_PERSON),
    ({"email": "x@x.de"}, {"email": "X@x.de"}, Rule.SAME_PERSON),
]


@pytest.mark.parametrize(("left", "right", "expected"), RULES)
def test_hard_rules(left: dict, right: dict, expected: Rule) -> None:
    assert rule(mentee(**left), mentor(**right), Criteria()) is expected


def test_the_reporting_line_goes_up_through_people_between_and_ends_in_a_circle() -> None:
    people = [mentee("mia", reports_to="kim"), mentee("kim", reports_to="tom")]
    scores = score(people, [mentor("tom", reports_to="mia")])
    assert (scores.blocked == Rule.REPORTING_LINE).all()


def test_forbidden_pairs_are_forbidden_and_strangers_are_ignored() -> None:
    pairs = [("mia", "tom"), ("mia", "nobody"), ("nobody", "tom")]
    assert rule(mentee(), mentor(), forbidden=pairs) is Rule.FORBIDDEN
    assert rule(mentee("kim"), mentor(), forbidden=pairs) is Rule.ALLOWED


HOURS = 0b111
MUSTS = [
    (Criterion.TOPICS, {"topics": ("hiring",)}, {"topics": ("delegation",)}, Rule.MUST_TOPICS),
    (Criterion.TOPICS, {"topics": ("hiring",)}, {}, Rule.ALLOWED),
    (Criterion.TOPICS, {}, {"topics": ("delegation",)}, Rule.ALLOWED),
    (Criterion.EXPERIENCE, {"experience_years": 5}, {"experience_years": 6}, Rule.MUST_EXPERIENCE),
    (Criterion.EXPERIENCE, {"experience_years": 0}, {"experience_years": 40}, Rule.MUST_EXPERIENCE),
    (Criterion.EXPERIENCE, {"experience_years": 5}, {"experience_years": 7}, Rule.ALLOWED),
    (Criterion.EXPERIENCE, {}, {"experience_years": 7}, Rule.ALLOWED),
    (Criterion.INDUSTRY, {"industry": "A"}, {"industry": "B"}, Rule.MUST_INDUSTRY),
    (Criterion.FUNCTION, {"function": "A"}, {"function": "A"}, Rule.MUST_FUNCTION),
    (Criterion.FUNCTION, {"function": "A"}, {"function": "B"}, Rule.ALLOWED),
    (Criterion.VALUES, {"values": {"a": 1}}, {"values": {"a": 5}}, Rule.MUST_VALUES),
    (Criterion.VALUES, {"values": {"a": 1}}, {"values": {"b": 5}}, Rule.ALLOWED),
    (Criterion.AVAILABILITY, {"week": HOURS}, {"week": 1 << 50}, Rule.MUST_AVAILABILITY),
    (Criterion.AVAILABILITY, {"week": HOURS}, {"week": 1}, Rule.MUST_AVAILABILITY),
    (Criterion.AVAILABILITY, {"week": HOURS}, {"week": 3}, Rule.ALLOWED),
    (Criterion.AVAILABILITY, {"week": HOURS}, {}, Rule.ALLOWED),
    (
        Criterion.FORMAT,
        {"formats": frozenset({"online"})},
        {"formats": frozenset({"on_site"})},
        Rule.MUST_FORMAT,
    ),
    (Criterion.WISHES, {"wishes": ("tom", "kim")}, {}, Rule.ALLOWED),
    (Criterion.WISHES, {"wishes": ("kim",)}, {}, Rule.ALLOWED),
    (
        Criterion.LANGUAGES,
        {"languages": frozenset({"de"})},
        {"languages": frozenset({"en"})},
        Rule.NO_SHARED_LANGUAGE,
    ),
]


@pytest.mark.parametrize(("criterion", "left", "right", "expected"), MUSTS)
@pytest.mark.parametrize("counted", [True, False])
def test_a_must_forbids_what_clearly_misses_it_and_nothing_else(
    criterion: Criterion, left: dict, right: dict, expected: Rule, counted: bool
) -> None:
    criteria = Criteria(
        weights={criterion: 5 if counted else 0},
        musts=frozenset({criterion}),
        min_overlap_hours=2,
    )
    assert rule(mentee(**left), mentor(**right), criteria) is expected


def test_a_must_on_wishes_keeps_to_the_favourites_who_take_part() -> None:
    criteria = Criteria(musts=frozenset({Criterion.WISHES}))
    scores = score([mentee(wishes=("tom", "gone"))], [mentor("tom"), mentor("kim")], criteria)
    assert list(scores.blocked[0]) == [Rule.ALLOWED, Rule.MUST_WISHES]


def test_a_must_on_values_asks_for_the_nearer_half_of_the_scale() -> None:
    criteria = Criteria(musts=frozenset({Criterion.VALUES}))
    assert rule(mentee(values={"a": 1}), mentor(values={"a": 3}), criteria) is Rule.ALLOWED


@pytest.mark.parametrize("sides", [([], [mentor()]), ([mentee()], [])])
def test_an_empty_side_is_an_error(sides: tuple[list[Mentee], list[Mentor]]) -> None:
    with pytest.raises(ScoresError) as caught:
        score(*sides)
    assert caught.value.code == "side_empty"


def test_the_same_person_twice_is_an_error_that_names_both_rows() -> None:
    with pytest.raises(ProfileError) as caught:
        score([mentee(), mentee("kim"), mentee()], [mentor()])
    assert caught.value.code == "person_twice"
    assert caught.value.params["rows"] == [0, 2]


def test_points_of_what_is_not_counted_are_nothing() -> None:
    scores: Scores = score([mentee()], [mentor()], only(Criterion.TOPICS))
    assert scores.points(Criterion.TEXT, 0, 0) == 0.0
    assert set(scores.parts) == {Criterion.TOPICS}


def test_parts_are_a_mapping_of_the_counted_criteria() -> None:
    scores = score([mentee()], [mentor()], only(Criterion.TOPICS))
    assert len(scores.parts) == len(scores.shares) == 1
    assert np.array_equal(scores.parts[Criterion.TOPICS], dict(scores.parts)[Criterion.TOPICS])
    with pytest.raises(KeyError):
        scores.parts[Criterion.TEXT]
