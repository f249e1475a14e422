"""The machines of a Ray cluster: the only place that speaks Ray."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from ..criteria import Criteria
from ..errors import SpreadError
from .batches import Batch, Found, search_batch
from .index import Index
from .queries import Asking
from .topk import Searcher

# A worker's own searcher: the index is opened once, not with every batch.
_searchers: dict[str, Searcher] = {}


class RayCluster:
    """Starts Ray if nobody did: on this machine, or on the running cluster at `address`.

    Raises SpreadError: ray_missing if the extra isn't installed.
    """

    def __init__(self, workers: int, address: str | None = None) -> None:
        self._connect(imported("ray"), workers, address)

    # Ray takes some ten seconds to start: what follows runs in the slow tests of
    # tests/unit/matching/search/test_spreading.py and only there, on a cluster of this machine;
    # another machine's address is handed to Ray as it is, and no test has a second machine.
    def _connect(  # pragma: no cover - slow tests, see above
        self, ray: Any, workers: int, address: str | None
    ) -> None:
        self.ray, self.workers = ray, workers
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, **alone(workers, address))
        self.task = ray.remote(max_retries=-1)(_search_shipped)

    def share(  # pragma: no cover - slow tests, see above
        self, index: Index, criteria: Criteria
    ) -> list[Any]:
        # In a list, so that Ray hands over the reference and a worker fetches it only once.
        return [self.ray.put((index, criteria))]

    def start(  # pragma: no cover - slow tests, see above
        self, shared: list[Any], batch: Batch
    ) -> Any:
        return self.task.remote(shared, batch)

    def result(self, ticket: Any) -> Found:  # pragma: no cover - slow tests, see above
        try:
            found: Found = self.ray.get(ticket)
        except self.ray.exceptions.RayTaskError:
            raise  # the search itself failed, and says why
        except self.ray.exceptions.RayError as error:
            raise SpreadError("workers_lost", workers=self.workers) from error
        return found


def imported(name: str) -> ModuleType:
    """The library of the extra `cluster`. Raises SpreadError ray_missing if it isn't installed."""
    try:
        return import_module(name)
    except ImportError:
        raise SpreadError("ray_missing", extra="cluster") from None


def alone(workers: int, address: str | None) -> dict[str, Any]:
    """How Ray starts on this machine: its workers find the program where this process does."""
    if address:
        return {}
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return {
        "num_cpus": workers,
        "include_dashboard": False,
        "runtime_env": {"env_vars": paths},
    }


def search_shared(key: str, fetched: Callable[[], tuple[Index, Criteria]], batch: Batch) -> Found:
    """Search a batch in a worker, with the index of that key: fetched once, kept until another."""
    if key not in _searchers:
        _searchers.clear()
        index, criteria = fetched()
        _searchers[key] = Searcher(Asking(index, criteria))
    return search_batch(_searchers[key], batch)


def _search_shipped(  # pragma: no cover - runs in a Ray worker, another process
    shipped: list[Any], batch: Batch
) -> Found:
    import ray

    reference = shipped[0]
    return search_shared(reference.hex(), lambda: ray.get(reference), batch)
