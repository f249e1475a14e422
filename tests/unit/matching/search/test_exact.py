"""A search finds what scoring everybody finds, bit for bit."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    Criteria,
    Criterion,
    Mentee,
    Mentor,
    Person,
    ScoresError,
    rank,
    score,
    synthetic,
)
from tandemwerk.matching.errors import TextModelError
from tandemwerk.matching.search import Population, candidates, topk
from tandemwerk.matching.search.pairings import pairings_of
from tandemwerk.matching.signatures import LENGTH, SIGNATURE_SIZE, Signatures

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


@pytest.mark.parametrize(("few", "leading"), [(1.0, 1500), (0.0, 1500), (0.0, 20), (0.0, 10**9)])
@pytest.mark.parametrize(
    "wanted",
    [
        Criteria(),
        Criteria(weights={"topics": 0}),
        Criteria(musts=frozenset(["topics", "availability", "values", "experience", "format"])),
        Criteria(weights=dict.fromkeys(("topics", "languages", "experience", "function"), 0)),
    ],
)
def test_all_ways_of_searching_are_exact_among_thousands(wanted, few, leading, monkeypatch):
    """Records one by one; by topics first, with some or few in the lead; bounds for everybody."""
    monkeypatch.setattr(topk, "FEW", few)
    monkeypatch.setattr(topk, "LEADING", leading)
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
    scanned = ("answers", "record", "signature")
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


class Counted:
    """A text model that reads a text by its length."""

    def __init__(self, name: str) -> None:
        self.name = name

    def signatures(self, texts: Sequence[str]) -> Signatures:
        found = np.zeros((len(texts), SIGNATURE_SIZE), dtype=np.int8)
        found[np.arange(len(texts)), [len(text) % SIGNATURE_SIZE for text in texts]] = LENGTH
        return found


def test_a_population_is_searched_with_its_own_text_model_only():
    people, asking = many(Mentor, 50, 1), many(Mentee, 1, 2)[0]
    model = Counted("one")
    population = Population(people, text_model=model)
    best = rank(asking, population)
    assert rank(asking, population, text_model=Counted("one")) == best
    assert rank(asking, people, text_model=model) == best
    for other in (population, Population(people)):
        with pytest.raises(TextModelError) as caught:
            rank(asking, other, text_model=Counted("two"))
        assert caught.value.code == "text_model_other"


@pytest.mark.slow
@pytest.mark.parametrize(
    "wanted",
    [
        Criteria(),
        Criteria(musts=frozenset([Criterion.TOPICS, Criterion.AVAILABILITY, Criterion.FORMAT])),
        Criteria(weights={Criterion.TOPICS: 0, Criterion.TEXT: 10}),
    ],
    ids=["usual", "musts", "without topics"],
)
def test_the_best_of_a_hundred_thousand_are_those_of_scoring_everybody(wanted, hundred_thousand):
    mentees, mentors, population = hundred_thousand
    best: list[list[tuple[float, str]]] = [[] for _ in mentees]
    for start in range(0, len(mentors), 10_000):
        block = mentors[start : start + 10_000]
        barred = [
            (m.id, population[int(number)].id)
            for m, pairing in zip(
                mentees, pairings_of(mentees, population, population.bits(None)), strict=True
            )
            for number in pairing.barred
        ]
        totals = score(mentees, block, wanted, forbidden=barred).total
        for row, kept in enumerate(best):
            there = np.flatnonzero(~np.isnan(totals[row]))
            kept.extend((-float(totals[row, c]), block[int(c)].id) for c in there)
            kept.sort()
            del kept[10:]
    searched = found_by_search(list(mentees), population, wanted, 10)
    assert searched == [[(name, -total) for total, name in kept] for kept in best]


@pytest.fixture(scope="module")
def hundred_thousand() -> tuple[list[Mentee], list[Mentor], Population]:
    """Synthetic people: with texts, teams, sites and lines; nobody wishes for anybody."""
    mentees, mentors = synthetic.population(20, 100_000, seed=4)
    asking = [replace(mentee, wishes=()) for mentee in mentees]
    people = [replace(mentor, wishes=()) for mentor in mentors]
    return asking, people, Population(people)
