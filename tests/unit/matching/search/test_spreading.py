"""The same candidates, bit for bit, however many workers search, and whichever of them dies."""

import dataclasses
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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
    ray_cluster,
    spreading,
)
from tandemwerk.matching.search.batches import Batch, Found, Here
from tandemwerk.matching.search.index import Index
from tandemwerk.matching.search.pairings import pairings_of
from tandemwerk.matching.search.spreading import AHEAD, load_index, save_index, search_over

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
    monkeypatch.setitem(sys.modules, "ray", None)  # so that importing it fails
    with pytest.raises(SpreadError) as caught:
        candidates(people[:1], population, spread=RayTasks(1))
    assert caught.value.code == "ray_missing"
    assert caught.value.params == {"extra": "cluster"}
    assert ray_cluster.imported("sys") is sys


def test_ray_alone_on_this_machine_finds_the_program_and_a_cluster_has_its_own_settings():
    here = ray_cluster.alone(3, None)
    assert here["num_cpus"] == 3
    paths = here["runtime_env"]["env_vars"]["PYTHONPATH"].split(os.pathsep)
    assert str(Path(ray_cluster.__file__).parents[3]) in paths
    assert ray_cluster.alone(3, "auto") == {}


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(cohorts, "BATCH", 3)


@pytest.fixture(scope="module")
def few() -> tuple[list[Mentee], Population]:
    return many(Mentee, 40, 4), Population(many(Mentor, 60, 3))


@pytest.mark.usefixtures("small_batches")
def test_a_few_people_over_two_processes_find_the_same(few):
    here = candidates(*few, k=5)
    assert same(candidates(*few, k=5, spread=Processes(2)), here)


def test_a_worker_opens_the_saved_index_once_and_finds_what_this_process_finds(
    few, tmp_path, monkeypatch
):
    monkeypatch.setattr(spreading, "_searchers", {})
    mentees, population = few
    save_index(population.index, tmp_path / "index")
    spreading._start_worker(tmp_path / "index", Criteria())
    (tmp_path / "index").unlink()  # mapped already: nothing is read again
    made = list(batches(mentees, population))
    here = list(Here().search(population.index, Criteria(), made))
    for batch, found in zip(made, here, strict=True):
        assert identical(spreading._search_here(batch), found)


def test_processes_that_keep_dying_are_an_error(few, monkeypatch):
    monkeypatch.setattr(spreading, "_start_worker", os.abort)
    monkeypatch.setattr(spreading, "PATIENCE", 1)
    with pytest.raises(SpreadError) as caught:
        candidates(*few, spread=Processes(1))
    assert caught.value.code == "workers_lost"


def test_a_batch_for_a_pool_that_broke_says_so_when_its_result_is_asked_for(few):
    (batch,) = batches(few[0][:3], few[1])
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os.abort) as pool:
        lost = spreading._submitted(pool, batch)
        with pytest.raises(BrokenProcessPool):
            lost.result()
        late = spreading._submitted(pool, batch)
        with pytest.raises(BrokenProcessPool):
            late.result()
    assert not spreading._finished(lost)
    assert not spreading._finished(late)


class Machines:
    """Threads in the place of a cluster: batches wait, and every machine fetches the index."""

    def __init__(self, workers: int) -> None:
        self.pool = ThreadPoolExecutor(workers)
        self.shared: dict[str, tuple[Index, Criteria]] = {}
        self.fetched: list[str] = []
        self.under_way = self.most = 0

    def share(self, index: Index, criteria: Criteria) -> str:
        key = f"index {len(self.shared)}"
        self.shared[key] = index, criteria
        return key

    def start(self, shared: str, batch: Batch) -> Future[Found]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return self.pool.submit(
            ray_cluster.search_shared, shared, lambda: self.fetch(shared), batch
        )

    def fetch(self, key: str) -> tuple[Index, Criteria]:
        self.fetched.append(key)
        return self.shared[key]

    def result(self, ticket: Future[Found]) -> Found:
        self.under_way -= 1
        return ticket.result()


@pytest.mark.parametrize("count", [1, 6, 40])
def test_machines_answer_in_order_with_a_few_batches_under_way(few, count, monkeypatch):
    monkeypatch.setattr(ray_cluster, "_searchers", {})
    mentees, population = few[0][:count], few[1]
    made = list(batches(mentees, population))
    here = list(Here().search(population.index, Criteria(), made))
    cluster = Machines(1)
    for _ in range(2):  # a second search has an index of its own: the first one is let go
        found = list(search_over(cluster, 2, population.index, Criteria(), iter(made)))
        assert all(identical(*pair) for pair in zip(found, here, strict=True))
    assert cluster.most == min(len(made), 2 * AHEAD)
    assert cluster.fetched == ["index 0", "index 1"]
    assert list(ray_cluster._searchers) == ["index 1"]


def batches(mentees: list[Mentee], population: Population) -> Iterator[Batch]:
    """Three mentees each."""
    for start in range(0, len(mentees), 3):
        some = mentees[start : start + 3]
        mask = population.bits(None)
        pairings = pairings_of(tuple(some), population, mask, ())
        yield from cohorts.batches_of(some, population, pairings, mask, 5, np.zeros(len(some)))


def identical(one: Found, other: Found) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("counts", "numbers", "totals", "cut")
    )


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


@pytest.mark.slow
def test_a_search_that_fails_in_ray_says_why_and_a_lost_one_that_it_is_lost(few, ray):
    mentees, population = few
    cluster = ray_cluster.RayCluster(1)
    (batch,) = batches(mentees[:3], population)
    shared = cluster.share(population.index, Criteria())
    wrong = cluster.start(shared, dataclasses.replace(batch, eligible=()))
    with pytest.raises(IndexError):
        cluster.result(wrong)
    lost = ray.remote(max_retries=0)(lambda: os.abort()).remote()
    with pytest.raises(SpreadError) as caught:
        cluster.result(lost)
    assert caught.value.code == "workers_lost"


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
