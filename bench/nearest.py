"""A process in the environment of FAISS and hnswlib: searches rows nearest to a query.

Reads orders from its input, answers with figures, as `bench.worker` does. An order is a line of
JSON: {"load": path, "solver": name} builds an index of the file's `rows` (int8), {"run": true}
asks for the ten best of each of its `asked` by inner product, one after the other on one core, and
answers with processor seconds of each and with the share of the true ten that was found.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np

K = 10
# What hnswlib's own examples call usual, and a wide enough search to miss little.
LINKS, BUILT, LOOKED = 16, 200, 128
Search = Callable[[np.ndarray], np.ndarray]


def faiss_flat(rows: np.ndarray) -> Search:
    """Every row, exactly."""
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    return lambda query: index.search(query[None], K)[1][0]


def hnswlib_graph(rows: np.ndarray) -> Search:
    """A graph of neighbours, nearly exactly."""
    import hnswlib

    index = hnswlib.Index(space="ip", dim=rows.shape[1])
    index.init_index(max_elements=len(rows), M=LINKS, ef_construction=BUILT)
    index.add_items(rows)
    index.set_ef(LOOKED)
    index.set_num_threads(1)
    return lambda query: index.knn_query(query[None], k=K)[0][0].astype(np.int64)


PEERS: dict[str, Callable[[np.ndarray], Search]] = {
    "faiss_flat": faiss_flat,
    "hnswlib": hnswlib_graph,
}


def main() -> None:
    """Answer until the input ends."""
    search, rows, asked = None, np.zeros((0, 1), np.float32), np.zeros((0, 1), np.float32)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if "load" in order:
                with np.load(order["load"]) as arrays:
                    rows = np.ascontiguousarray(arrays["rows"], dtype=np.float32)
                    asked = np.ascontiguousarray(arrays["asked"], dtype=np.float32)
                search, answer = PEERS[order["solver"]](rows), {}
            else:
                answer = _asked(search, rows, asked)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def _asked(search: Search | None, rows: np.ndarray, asked: np.ndarray) -> dict[str, object]:
    """Times of all questions, and how many of the best were found; equals count as found."""
    assert search is not None
    seconds, hits = [], 0
    for query in asked:
        start = time.process_time()
        found = search(query)
        seconds.append(time.process_time() - start)
        all_products = rows @ query
        tenth = np.partition(all_products, len(rows) - K)[len(rows) - K]
        hits += int((all_products[found] >= tenth).sum())
    return {"seconds": seconds, "recall": hits / (K * len(asked))}


if __name__ == "__main__":
    main()
