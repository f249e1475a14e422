"""The same candidates, bit for bit, however many workers search, and whichever of them dies."""

import builtins
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tandemwerk.matching import Criteria, Mentee, Mentor, SpreadError
from tandemwerk.matching.search import (
    Candidates,
    Population,
    Processes,
    RayTasks,
    candidates,
    cohorts,
)
from tandemwerk.matching.search.batches import Batch
from tandemwerk.matching.search.spreading import load_index, save_index

from .strategies import many


@pytest.fixture(scope="module")
def population() -> Population:
    return Population(many(Mentor, 3000, 1))


@pytest.fixture(scope="module")
def people() -> list[Mentee]:
    found = many(Mentee, 1500, 2)
    found.append(Mentee(id="o1", reports_to="o2", wishes=("o3",), topics=("our-own-topic",)))
    return found


def same(one: Candidates, other: Candidates) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("indptr", "numbers", "totals", "cut")
    )


def test_a_saved_index_is_the_same_when_mapped(population, tmp_path):
    save_index(population.index, tmp_path / "index")
    mapped = load_index(tmp_path / "index")
    for mine, theirs in zip(population.index.columns, mapped.columns, strict=True):
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)
    assert mapped.size == population.index.size


@pytest.mark.parametrize("kind", [Processes, RayTasks])
def test_less_than_one_worker_is_an_error(kind):
    with pytest.raises(SpreadError) as caught:
        kind(0)
    assert caught.value.code == "workers_number"


def test_without_ray_the_error_names_the_extra(population, people, monkeypatch):
    plain = builtins.__import__

    def without_ray(name, *rest, **more):
        if name == "ray":
            raise ImportError(name)
        return plain(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_ray)
    with pytest.raises(SpreadError) as caught:
        candidates(people[:1], population, spread=RayTasks(1))
    assert caught.value.code == "ray_missing"
    assert caught.value.params == {"extra": "cluster"}


@pytest.mark.slow
def test_two_processes_find_the_same(population, people):
    here = candidates(people, population, Criteria(), 7)
    assert same(candidates(people, population, Criteria(), 7, spread=Processes(2)), here)


@pytest.mark.slow
def test_a_process_killed_in_the_middle_costs_time_not_results(population, people, monkeypatch):
    here = candidates(people, population, Criteria(), 7)
    killed = []

    def kill_one() -> None:
        child = multiprocessing.active_children()[0]
        os.kill(child.pid, signal.SIGKILL)
        killed.append(child.pid)

    _when_batches_are_under_way(monkeypatch, kill_one)
    found = candidates(people, population, Criteria(), 7, spread=Processes(2))
    assert killed
    assert same(found, here)


@pytest.mark.slow
def test_processes_that_keep_dying_are_an_error(population, people, monkeypatch, tmp_path):
    monkeypatch.setattr("tandemwerk.matching.search.spreading._start_worker", os.abort)
    with pytest.raises(SpreadError) as caught:
        candidates(people, population, spread=Processes(1))
    assert caught.value.code == "workers_lost"


@pytest.fixture(scope="module")
def ray() -> Iterator[object]:
    ray = pytest.importorskip("ray")
    yield ray
    ray.shutdown()


@pytest.mark.slow
def test_ray_workers_find_the_same_also_when_one_is_killed(population, people, ray, monkeypatch):
    here = candidates(people, population, Criteria(), 7)
    assert same(candidates(people, population, Criteria(), 7, spread=RayTasks(2)), here)
    killed = []

    def kill_one() -> None:
        for pid in _ray_workers():
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
            return

    _when_batches_are_under_way(monkeypatch, kill_one)
    found = candidates(people, population, Criteria(), 7, spread=RayTasks(2))
    assert killed
    assert same(found, here)


def _when_batches_are_under_way(monkeypatch, act) -> None:
    """Act once, when the sixth batch is made: then others are being searched."""
    plain, made = cohorts.batches_of, []

    def counted(*arguments) -> Iterator[Batch]:
        for batch in plain(*arguments):
            made.append(batch)
            if len(made) == 6:
                act()
            yield batch

    monkeypatch.setattr(cohorts, "batches_of", counted)


def _ray_workers() -> list[int]:
    """Ray workers that this process started, those at a search first."""
    parents, named = {}, []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            status = (entry / "stat").read_text()
        except OSError:
            continue
        parents[int(entry.name)] = int(status.rpartition(")")[2].split()[1])
        # Ray's own helpers are called ray:: too, and take the whole node with them.
        if command.startswith((b"ray::_search", b"ray::IDLE")):
            named.append((not command.startswith(b"ray::_search"), int(entry.name)))
    return [pid for _, pid in sorted(named) if _descends(pid, parents)]


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid and pid != os.getpid():
        pid = parents.get(pid, 0)
    return bool(pid)
