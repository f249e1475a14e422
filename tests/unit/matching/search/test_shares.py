"""Where few may be looked at the search goes other ways: all find what scoring everybody finds."""

from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.matching import Criteria, Mentee, Mentor, rank, synthetic
from tandemwerk.matching.search import Population

MENTORS = 9000  # more words of 64 than are looked at first


@pytest.fixture(scope="module")
def town() -> tuple[list[Mentee], list[Mentor], Population]:
    """Synthetic people with texts, teams, sites, reporting lines and wishes."""
    mentees, mentors = map(list, synthetic.population(10, MENTORS, seed=7))
    # One who says nothing, and one with words of their own beside the catalogue's.
    mentees[0] = Mentee(id=mentees[0].id)
    mentees[1] = replace(mentees[1], topics=("our-own-topic", *mentees[1].topics))
    mentors[5] = replace(mentors[5], topics=("our-own-topic",))
    return mentees, mentors, Population(mentors)


@pytest.mark.parametrize("asking", [3, pytest.param(10, marks=pytest.mark.slow)])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 1.0])
@pytest.mark.parametrize(
    "wanted",
    [
        Criteria(),
        Criteria(weights={"topics": 0, "text": 4, "values": 2}),
        Criteria(
            musts=frozenset(["topics", "availability"]), weights={"topics": 1, "experience": 0}
        ),
    ],
    ids=["usual", "without topics", "musts"],
)
def test_the_best_ten_of_a_share_are_those_of_scoring_it_whole(wanted, share, asking, town):
    mentees, mentors, population = town
    mask = np.random.default_rng(3).random(MENTORS) < share
    names = {m.id for m, there in zip(mentors, mask, strict=True) if there}
    for mentee in mentees[:asking]:
        found = rank(mentee, population, wanted, 10, mask)
        assert found == rank(mentee, mentors, wanted, 10, names)
        assert len(found) == 10 or share < 0.01 or wanted.musts or mentee.wishes
