import numpy as np

from bench.__main__ import main
from bench.instances import dense, sparse, store
from bench.measure import Figures, take_turns
from bench.peers import OURS, peer


def test_the_smallest_size_is_measured(capsys):
    assert main(["cohorts", "--quick"]) == 0
    said = capsys.readouterr().out
    assert "60 x 45" in said
    assert "60 / 60 pairs" in said


def test_solvers_take_turns_and_agree(tmp_path):
    path = store(tmp_path, "dense", dense=dense(30, kind="structured", seed=3))
    with peer(OURS, OURS) as ours, peer("scipy_dense", OURS) as theirs:
        found = take_turns([ours, theirs], str(path), repeats=3)
    results = {(figures.people, figures.total) for figures in found.values()}
    assert len(results) == 1
    assert all(len(figures.seconds) == 3 for figures in found.values())


def test_a_solver_that_fails_is_named_and_the_others_go_on(tmp_path):
    problem = sparse(40, 5, seats_per_mentee=1.5, seed=3)
    path = store(tmp_path, "sparse", **problem)
    with peer(OURS, OURS) as ours, peer("scipy_dense", OURS) as wrong:
        found = take_turns([ours, wrong], str(path), repeats=1)
    assert isinstance(found[OURS], Figures)
    assert "KeyError" in found["scipy_dense"]


def test_problems_are_the_same_for_the_same_seed_and_whole_millionths():
    first, again = (sparse(200, 20, seats_per_mentee=1.0, seed=5) for _ in range(2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert first["seats"].sum() == 200
    assert np.allclose(first["fits"] * 1e6, np.rint(first["fits"] * 1e6), atol=1e-6)
    rows = np.split(first["indices"], first["indptr"][1:-1])
    assert all((np.diff(row) > 0).all() for row in rows)
