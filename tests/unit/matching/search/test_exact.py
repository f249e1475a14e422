"""A search finds what scoring everybody finds, bit for bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import Criteria, Mentee, Mentor, Person, ScoresError, rank, score
from tandemwerk.matching.search import Population, candidates, topk

from ..people import mentee as one_mentee
from ..people import mentees, mentor, mentors
from .strategies import criteria, many


def found_by_scoring(
    mentees: list[Mentee], mentors: list[Mentor], wanted: Criteria, k: int
) -> list[list[tuple[str, float]]]:
    scores = score(mentees, mentors, wanted)
    lists = []
    for row in range(len(mentees)):
        fits = scores.total[row]
        allowed = sorted(
            np.flatnonzero(~np.isnan(fits)), key=lambda c: (-fits[c], mentors[int(c)].id)
        )
        lists.append([(mentors[int(c)].id, float(fits[c])) for c in allowed[:k]])
    return lists


def found_by_search(
    mentees: list[Mentee], population: Population, wanted: Criteria, k: int
) -> list[list[tuple[str, float]]]:
    found = candidates(mentees, population, wanted, k)
    return [
        [
            (population[int(number)].id, float(total))
            for number, total in zip(found.numbers[a:b], found.totals[a:b], strict=True)
        ]
        for a, b in zip(found.indptr, found.indptr[1:], strict=False)
    ]


@settings(max_examples=150)
@given(mentees=mentees(), mentors=mentors(most=12), wanted=criteria(), k=st.integers(1, 6))
def test_candidates_are_the_best_of_all_pairs(mentees, mentors, wanted, k):
    population = Population(mentors)
    assert found_by_search(mentees, population, wanted, k) == found_by_scoring(
        mentees, mentors, wanted, k
    )


@settings(max_examples=100)
@given(
    mentees=mentees(most=2),
    mentors=mentors(most=8),
    wanted=criteria(),
    chosen=st.none() | st.frozensets(st.sampled_from([f"o{i}" for i in range(8)])),
    data=st.data(),
)
def test_rank_gives_the_same_for_a_population_as_for_a_list(mentees, mentors, wanted, chosen, data):
    mentee = mentees[0]
    barred = data.draw(st.lists(st.sampled_from([(mentee.id, m.id) for m in mentors]), max_size=2))
    plain = rank(mentee, mentors, wanted, 3, chosen, forbidden=barred)
    population = Population(mentors)
    assert rank(mentee, population, wanted, 3, chosen, forbidden=barred) == plain
    if chosen is not None:
        mask = np.array([m.id in chosen for m in mentors])
        assert rank(mentee, population, wanted, 3, mask, forbidden=barred) == plain
        assert rank(mentee, mentors, wanted, 3, mask, forbidden=barred) == plain
        words = population.bits(chosen)
        assert rank(mentee, population, wanted, 3, words, forbidden=barred) == plain


@pytest.mark.parametrize("few", [0.0, 1.0])
@pytest.mark.parametrize(
    "wanted",
    [
        Criteria(),
        Criteria(weights={"topics": 0}),
        Criteria(musts=frozenset(["topics", "availability", "values", "experience", "format"])),
        Criteria(weights=dict.fromkeys(("topics", "languages", "experience", "function"), 0)),
    ],
)
def test_both_ways_of_searching_are_exact_among_thousands(wanted, few, monkeypatch):
    """Blocks of words full and sparse, and records one by one."""
    monkeypatch.setattr(topk, "FEW", few)
    mentees, mentors = many(Mentee, 12, 1), many(Mentor, 5000, 2)
    population = Population(mentors)
    assert found_by_search(mentees, population, wanted, 10) == found_by_scoring(
        mentees, mentors, wanted, 10
    )
    rng = np.random.default_rng(3)
    for share in (0.003, 0.05, 0.3):
        mask = rng.random(len(mentors)) < share
        some = [m for m, there in zip(mentors, mask, strict=True) if there]
        best = rank(mentees[0], population, wanted, 10, mask)
        assert [(r.mentor.id, r.score) for r in best] == found_by_scoring(
            mentees[:1], some, wanted, 10
        )[0]


def test_equal_fits_go_by_id_also_for_mentors_added_later():
    names = ["m", "c", "x", "a", "ca", "b"]
    population = Population([mentor(name) for name in names[:3]])
    for name in names[3:]:
        population.add(mentor(name))
    best = rank(one_mentee(), population, k=4)
    assert [r.mentor.id for r in best] == ["a", "b", "c", "ca"]


def test_a_reporting_line_bars_though_it_runs_through_someone_not_eligible():
    boss = mentor("boss")
    people = [boss, mentor("between", reports_to="boss"), mentor("free")]
    asking = one_mentee(reports_to="between")
    for population in (people, Population(people)):
        best = rank(asking, population, eligible={"boss", "free"})
        assert [r.mentor.id for r in best] == ["free"]


def test_memory_a_scan_reads_per_mentor_stays_within_150_bytes():
    population = Population(many(Mentor, 2000, 1))
    columns = population.index.columns
    scanned = ("job", "way", "tongue", "years", "record", "signature")
    each = sum(getattr(columns, name)[:1].nbytes for name in scanned)
    # With up to 16 questionnaire items; here there are 20.
    assert each - 16 == 144


@pytest.mark.parametrize("mask", [np.ones(2, bool), np.ones(2, np.uint64)])
def test_a_mask_of_another_length_is_an_error(mask):
    with pytest.raises(ScoresError) as caught:
        rank(one_mentee(), Population([mentor()]), eligible=mask)
    assert caught.value.code == "eligible_shape"


def test_nobody_there_gives_nothing_or_an_error_that_says_so():
    assert rank(one_mentee(), Population()) == []
    with pytest.raises(ScoresError) as caught:
        candidates([one_mentee()], Population())
    assert caught.value.code == "side_empty"
    with pytest.raises(ScoresError) as caught:
        candidates([], Population([mentor()]))
    assert caught.value.code == "side_empty"
    with pytest.raises(ScoresError) as caught:
        candidates([one_mentee()], Population([mentor()]), k=0)
    assert caught.value.code == "candidates_number"


def test_a_mentee_with_more_wanted_topics_than_a_word_has_bits():
    everything = tuple(many(Mentor, 1, 1)[0].topics) or ("our-own-topic",)
    from tandemwerk.matching import topics

    asking = one_mentee(topics=(*tuple(topics())[:90], "our-own-topic", "another"))
    people: list[Person] = [*many(Mentor, 300, 4), mentor("rare", topics=("another", *everything))]
    population = Population(people)
    assert found_by_search([asking], population, Criteria(), 20) == found_by_scoring(
        [asking], people, Criteria(), 20
    )
