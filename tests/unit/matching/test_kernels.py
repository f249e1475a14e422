"""Compiled scoring against the plain NumPy form, which runs the functions of `fits` on arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.numpy_scoring import numpy_score
from tandemwerk.matching import (
    Criteria,
    Criterion,
    Mentee,
    Mentor,
    ProfileError,
    kernels,
    score,
    scorer,
)
from tandemwerk.matching.criteria import IMPOSSIBLE_MUSTS
from tandemwerk.matching.encoding import Vocabulary, encode_people
from tandemwerk.matching.lines import MENTEE, MENTOR, bit_count
from tandemwerk.matching.offers import MOST_WANTED
from tandemwerk.matching.scorer import Encoded, Scorer, Stopped, encode, score_pairs

from .people import SLUGS, TEXTS, mentee, mentees, mentor, mentors

CRITERIA = st.builds(
    Criteria,
    weights=st.fixed_dictionaries({c: st.sampled_from([0, 1, 2.5, 7]) for c in Criterion}).filter(
        lambda weights: any(weights.values())
    ),
    musts=st.frozensets(st.sampled_from(sorted(set(Criterion) - IMPOSSIBLE_MUSTS)), max_size=4),
    industry_mode=st.sampled_from(["same", "different"]),
    function_mode=st.sampled_from(["same", "different"]),
    experience_min=st.sampled_from([-3, 0, 2.5]),
    experience_ideal=st.sampled_from([2.5, 8]),
    experience_max=st.sampled_from([8, 15]),
    same_team_forbidden=st.booleans(),
    min_overlap_hours=st.sampled_from([0, 1, 3]),
)


@settings(max_examples=300)
@given(left=mentees(1, 8), right=mentors(1, 8), criteria=CRITERIA, data=st.data())
def test_compiled_totals_are_the_sums_of_the_plain_functions_bit_for_bit(
    left: list[Mentee], right: list[Mentor], criteria: Criteria, data: st.DataObject
) -> None:
    pairs = st.tuples(st.sampled_from([p.id for p in left]), st.sampled_from([p.id for p in right]))
    forbidden = data.draw(st.lists(pairs, max_size=3))
    (joined, mentee_view, mentor_view), blocked = numpy_score(left, right, criteria, forbidden)
    scorer = Scorer(encode(left, right, forbidden=forbidden), criteria)
    totals, rules = scorer.block()
    assert np.array_equal(rules, blocked)
    assert np.array_equal(totals, joined, equal_nan=True)
    for view, plain in ((MENTEE, mentee_view), (MENTOR, mentor_view)):
        assert np.array_equal(scorer.block(view=view, keep=True)[0], plain)


def many(seed: int, number: int) -> tuple[list[Mentee], list[Mentor]]:
    """More people than a stretch of the kernels holds."""
    chance = np.random.default_rng(seed)

    def fields(others: str) -> dict[str, object]:
        return {
            "topics": tuple(chance.permutation(SLUGS)[: chance.integers(0, 5)].tolist()),
            "languages": frozenset(chance.permutation(["de", "en", "tr"])[:2].tolist()),
            "experience_years": float(chance.integers(0, 30)),
            "industry": str(chance.choice(["", "A", "B"])),
            "function": str(chance.choice(["", "A", "B"])),
            "values": {str(item): int(chance.integers(1, 6)) for item in range(20)},
            "week": int(chance.integers(0, 1 << 62)) << 70,
            "formats": frozenset(chance.permutation(["online", "on_site"])[:1].tolist()),
            "site": str(chance.choice(["", "K", "L"])),
            "text": str(chance.choice(TEXTS)),
            "team": str(chance.choice(["", "A", "B", "C"])),
            "wishes": (f"{others}{chance.integers(number)}",),
        }

    return (
        [mentee(f"e{place}", **fields("o")) for place in range(4)],
        [mentor(f"o{place}", **fields("e"), seats=place % 3) for place in range(number)],
    )


def test_lists_blocks_and_single_pairs_have_the_same_numbers() -> None:
    left, right = many(1, kernels.TILE + 700)
    scorer = Scorer(encode(left, right), Criteria(musts=frozenset({Criterion.EXPERIENCE})))
    totals, rules = scorer.block()
    (plain, _, _), blocked = numpy_score(left, right, scorer.criteria)
    assert np.array_equal(totals, plain, equal_nan=True)
    assert np.array_equal(rules, blocked)
    chance = np.random.default_rng(2)
    columns = np.concatenate([chance.permutation(len(right)) for _ in left])
    starts = np.arange(len(left) + 1) * len(right)
    listed, listed_rules = scorer.pairs(starts, columns)
    whose = np.repeat(np.arange(len(left)), len(right))
    assert np.array_equal(listed, totals[whose, columns], equal_nan=True)
    assert np.array_equal(listed_rules, rules[whose, columns])
    some, _ = scorer.pairs(np.array([0, 0, 3]), np.array([5, 2, 9]), rows=np.array([1, 3]))
    assert np.array_equal(some, totals[3, [5, 2, 9]], equal_nan=True)
    full, _ = scorer.block(keep=True)
    points, parts = scorer.parts(whose, columns)
    assert np.array_equal(points.sum(axis=0), full[whose, columns])
    assert np.array_equal(np.nansum([full, -totals], axis=0)[rules == 0], 0 * full[rules == 0])
    for place, criterion in enumerate(Criterion):
        whole, _ = scorer.block(only=criterion, keep=True)
        assert np.allclose(parts[place], whole[whose, columns], rtol=0, atol=2e-6)


def test_a_part_of_a_block_is_that_part() -> None:
    left, right = many(3, 50)
    scorer = Scorer(encode(left, right))
    totals, rules = scorer.block()
    part, part_rules = scorer.block(slice(1, 3), slice(7, 30))
    assert np.array_equal(part, totals[1:3, 7:30], equal_nan=True)
    assert np.array_equal(part_rules, rules[1:3, 7:30])
    assert scorer.block(slice(0, 0))[0].shape == (0, 50)
    assert scorer.block(rules=False)[1].shape == (0, 50)
    assert [len(array) for array in scorer.pairs(np.array([0, 0]), np.array([], int))] == [0, 0]


def test_scoring_stops_between_rows_and_pieces_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scorer, "PAIRS_BETWEEN", 10)
    people = [mentee(f"e{n}", topics=SLUGS[n : n + 2]) for n in range(7)]
    others = [mentor(f"o{n}", topics=SLUGS[n + 1 : n + 4]) for n in range(5)]
    asked = []

    def never() -> bool:
        asked.append(1)
        return False

    whole, pieces = score(people, others), score(people, others, should_stop=never)
    assert len(asked) == 4  # two rows of five pairs a piece
    assert np.array_equal(whole.total, pieces.total, equal_nan=True)
    assert np.array_equal(whole.blocked, pieces.blocked)
    answers = iter([False, True])
    with pytest.raises(Stopped):
        score(people, others, should_stop=lambda: next(answers))


def test_a_pair_has_the_same_numbers_beside_other_people_and_in_another_vocabulary() -> None:
    left, right = many(4, 60)
    whole, _ = Scorer(encode(left, right)).block()
    alone, _ = Scorer(encode(left[2:3], right[40:])).block()
    assert np.array_equal(alone, whole[2:3, 40:], equal_nan=True)
    vocabulary = Vocabulary()
    encode_people([mentee("x", languages=frozenset({"xx", "yy"}), industry="Z")], vocabulary)
    theirs = encode_people(right, vocabulary)
    ours = encode_people(left, vocabulary)
    grown = Encoded(ours, theirs, encode(left, right).specials)
    assert np.array_equal(Scorer(grown).block()[0], whole, equal_nan=True)


def test_more_than_64_languages_and_16_answers_are_counted() -> None:
    codes = [f"l{number}" for number in range(80)]
    left = [mentee("a", languages=frozenset(codes[70:72]), values={"i30": 5})]
    answers = {f"i{number}": 3 for number in range(31)}
    right = [
        mentor("x", languages=frozenset(codes), values=answers),
        mentor("y", languages=frozenset(codes[:70]), values=answers),
    ]
    scorer = Scorer(encode(left, right))
    (plain, _, _), blocked = numpy_score(left, right, scorer.criteria)
    totals, rules = scorer.block()
    assert np.array_equal(totals, plain, equal_nan=True)
    assert np.array_equal(rules, blocked)
    assert list(rules[0] > 0) == [False, True]


def test_pairs_outside_and_arrays_of_another_shape_are_refused() -> None:
    left, right = many(5, 6)
    scorer = Scorer(encode(left, right))
    for columns in ([6], [-1]):
        with pytest.raises(IndexError):
            scorer.pairs(np.array([0, 1]), np.array(columns))
        with pytest.raises(IndexError):
            scorer.parts(np.array([0]), np.array(columns))
    with pytest.raises(IndexError):
        scorer.pairs(np.array([0, 1]), np.array([0]), rows=np.array([4]))
    out = np.empty((4, 6), np.float32), np.empty((4, 6), np.int8)
    assert scorer.block(out=out)[0] is out[0]
    assert np.array_equal(out[0], scorer.block()[0], equal_nan=True)
    with pytest.raises(ValueError, match="shape"):
        scorer.block(slice(0, 3), out=out)


@given(bits=st.integers(0, (1 << 64) - 1))
def test_bits_are_counted(bits: int) -> None:
    with np.errstate(over="ignore"):
        assert int(bit_count(np.uint64(bits))) == bits.bit_count()


def test_a_mentee_with_absurdly_many_topics_is_an_error() -> None:
    wanted = tuple(f"own-{number}" for number in range(MOST_WANTED + 1))
    with pytest.raises(ProfileError) as caught:
        Scorer(encode([mentee("ok"), mentee("all", topics=wanted)], [mentor()]))
    assert caught.value.code == "too_many_topics"
    assert caught.value.params["person"] == "all"


def test_candidates_without_a_scorer_have_the_numbers_of_one_and_nobody_has_no_parts() -> None:
    left, right = many(1, 40)
    population, wanted = encode(left, right), Criteria(musts=frozenset({Criterion.EXPERIENCE}))
    scorer = Scorer(population, wanted)
    starts, columns = np.arange(len(left) + 1), np.arange(len(left))
    found = score_pairs(population, starts, columns, wanted)
    assert np.array_equal(found, scorer.pairs(starts, columns)[0], equal_nan=True)
    nobody = np.zeros(0, dtype=np.int64)
    assert scorer.parts(nobody, nobody).shape == (2, len(Criterion), 0)
