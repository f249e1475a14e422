"""Numbers and places of those who leave, and of those who come back."""

from tandemwerk.matching.search import Population
from tandemwerk.matching.search.ordering import Ordering

from ..people import mentor


def test_whoever_leaves_frees_their_number_for_the_last():
    population = Population([mentor("a"), mentor("b"), mentor("c")])
    population.remove("c")
    assert [population.number_of(name) for name in "ab"] == [0, 1]
    population.remove("a")
    assert [m.id for m in population] == ["b"]
    assert population.number_of("b") == 0


def test_ids_find_their_place_among_those_who_left():
    ordering = Ordering()
    ordering.add("m")
    ordering.remove("m")
    for name in ("m", "a", "z", "b", "y"):
        ordering.add(name)
    for name in ("a", "z", "b"):
        ordering.remove(name)
    for name in ("0", "zz", "b", "c"):
        ordering.add(name)
    left = ["0", "b", "c", "m", "y", "zz"]
    assert sorted(left, key=ordering.__getitem__) == left
