"""One search over several processes of this machine, or over the machines of a Ray cluster.

Every worker holds the whole index (some 180 bytes a mentor) and searches whole batches of mentees,
so results need no merging and are the same bits wherever a batch is searched.
"""

import mmap
import multiprocessing
import pickle
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Protocol

from ..criteria import Criteria
from ..errors import SpreadError
from .batches import Batch, Found, search_batch
from .index import Index
from .queries import Asking
from .ray_cluster import RayCluster
from .topk import Searcher

ALIGNED = 64
AHEAD = 2  # batches per worker that are made before their turn
# A pool that breaks this often without finishing one batch in between is not killed by chance.
PATIENCE = 3


class Processes:
    """Worker processes of this machine. They share one copy of the index through the page cache.

    A worker that is killed costs the time of the unfinished batches: they are searched again.
    Starting takes about a second a worker.
    Raises SpreadError: workers_number for fewer than one, workers_lost if workers keep dying.
    """

    def __init__(self, workers: int) -> None:
        if workers < 1:
            raise SpreadError("workers_number", value=workers)
        self.workers = workers

    def search(self, index: Index, criteria: Criteria, batches: Iterable[Batch]) -> Iterator[Found]:
        with tempfile.TemporaryDirectory(prefix="tandemwerk-search-") as folder:
            path = Path(folder) / "index"
            save_index(index, path)
            yield from self._search(path, criteria, iter(batches))

    def _search(self, path: Path, criteria: Criteria, batches: Iterator[Batch]) -> Iterator[Found]:
        open_batches: deque[tuple[Batch, Future[Found]]] = deque()
        pool, broken = self._pool(path, criteria), 0
        try:
            while True:
                while len(open_batches) < AHEAD * self.workers:
                    batch = next(batches, None)
                    if batch is None:
                        break
                    open_batches.append((batch, _submitted(pool, batch)))
                if not open_batches:
                    return
                try:
                    found = open_batches[0][1].result()
                except BrokenProcessPool:
                    broken += 1
                    if broken > PATIENCE:
                        raise SpreadError("workers_lost", workers=self.workers) from None
                    pool.shutdown(wait=True, cancel_futures=True)
                    pool = self._pool(path, criteria)
                    open_batches = deque(
                        (batch, future if _finished(future) else _submitted(pool, batch))
                        for batch, future in open_batches
                    )
                    continue
                broken = 0
                open_batches.popleft()
                yield found
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, path: Path, criteria: Criteria) -> ProcessPoolExecutor:
        # Not forked: a fork would copy locks that other threads (BLAS, a web server) hold.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self.workers, context, initializer=_start_worker, initargs=(path, criteria)
        )


class RayTasks:
    """Tasks on a Ray cluster: `ray.init` is called if nobody did, on this machine alone or with
    `address` on a running cluster. Every machine gets the index once.

    A worker or machine that is lost costs the time of its batches: Ray starts them again.
    workers: how many batches are under way at a time, at least 1.
    Raises SpreadError: ray_missing if the extra isn't installed, workers_number, workers_lost.
    """

    def __init__(self, workers: int, address: str | None = None) -> None:
        if workers < 1:
            raise SpreadError("workers_number", value=workers)
        self.workers, self.address = workers, address

    def search(self, index: Index, criteria: Criteria, batches: Iterable[Batch]) -> Iterator[Found]:
        yield from search_over(
            RayCluster(self.workers, self.address), self.workers, index, criteria, batches
        )


class Cluster(Protocol):
    """What spreading asks of machines that share no memory."""

    def share(self, index: Index, criteria: Criteria) -> Any:
        """Hand the index over, once for every machine; what comes back names it."""
        ...

    def start(self, shared: Any, batch: Batch) -> Any:
        """Begin to search a batch (`search_shared`) and return at once with a ticket."""
        ...

    def result(self, ticket: Any) -> Found:
        """Wait for a batch. Raises SpreadError workers_lost, and what the search raises."""
        ...


def search_over(
    cluster: Cluster, workers: int, index: Index, criteria: Criteria, batches: Iterable[Batch]
) -> Iterator[Found]:
    """The batches in their order, AHEAD of them per worker under way at a time."""
    shared = cluster.share(index, criteria)
    under_way: deque[Any] = deque()
    for batch in batches:
        under_way.append(cluster.start(shared, batch))
        if len(under_way) >= AHEAD * workers:
            yield cluster.result(under_way.popleft())
    while under_way:
        yield cluster.result(under_way.popleft())


def save_index(index: Index, path: Path) -> None:
    """Write an index so that processes can map it: a pickle, then its arrays, each aligned."""
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(index, protocol=5, buffer_callback=arrays.append)
    views = [array.raw() for array in arrays]
    sizes = [len(head), *(view.nbytes for view in views)]
    with path.open("wb") as file:
        pickle.dump(sizes, file, protocol=5)
        for part in (memoryview(head), *views):
            file.write(b"\0" * (-file.tell() % ALIGNED))
            file.write(part)


def load_index(path: Path) -> Index:
    """Map an index that `save_index` wrote. Only for files this program wrote itself: a pickle
    runs whatever it says. Cost: dictionaries are read, columns are mapped."""
    with path.open("rb") as file:
        sizes: list[int] = pickle.load(file)  # noqa: S301 - own file
        at = file.tell()
        room = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    parts = []
    for size in sizes:
        at += -at % ALIGNED
        parts.append(room[at : at + size])
        at += size
    found: Index = pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301 - own file
    return found


def _submitted(pool: ProcessPoolExecutor, batch: Batch) -> Future[Found]:
    """Hand a batch over; a pool that broke meanwhile says so when the result is asked for."""
    try:
        return pool.submit(_search_here, batch)
    except BrokenProcessPool as error:
        future: Future[Found] = Future()
        future.set_exception(error)
        return future


def _finished(future: Future[Found]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


# A worker's own searcher: the index is opened once, not with every batch.
_searchers: dict[str, Searcher] = {}


def _start_worker(path: Path, criteria: Criteria) -> None:
    _searchers["here"] = Searcher(Asking(load_index(path), criteria))


def _search_here(batch: Batch) -> Found:
    return search_batch(_searchers["here"], batch)
