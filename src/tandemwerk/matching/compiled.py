"""One decorator for every compiled kernel of the engine.

A kernel takes and returns plain arrays and numbers, is compiled by numba at its first call and
kept in numba's cache (beside the module, or under NUMBA_CACHE_DIR), so later processes only load
it. It releases the interpreter lock while it runs. With NUMBA_DISABLE_JIT=1 it is plain Python.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
import numpy as np

P = ParamSpec("P")
R = TypeVar("R")


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel with numba; the signature the type checker sees stays as written.

    Cost: the first call per machine and signature compiles (about 0.2-2 s), the first call per
    process loads from the cache (some ms).
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(kernel))


def compiled_finite(kernel: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, for kernels that never meet NaN: reductions run on many numbers at once.

    Only the sign of zero and NaN are given up; the order of sums stays as written.
    """
    return cast(
        "Callable[P, R]", numba.njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})(kernel)
    )


def warm_up() -> None:
    """Compile, or load from the cache, every kernel that assigning a cohort needs.

    Call it in a worker at start, so that nobody waits for it later. Cost: about half a minute once
    per machine and version, then about a second per process.
    """
    # These import this module.
    from scipy.sparse import csr_array

    from .assignment import LiveAssignment, assign, verify

    numbers = np.random.default_rng(0)
    fits = numbers.random((240, 180)) + numbers.random(180)
    fits[:, 100:][20:] = np.nan
    seats = np.ones(180, dtype=np.int64)
    for scores in (fits, fits[:, :100], csr_array(np.nan_to_num(fits, nan=0.0))):
        here = seats[: scores.shape[1]]
        verify(scores, here, assign(scores, here))
    live = LiveAssignment.of(fits[:20, :20], seats[:20])
    live.change(0, [1, 2], [1.0, 2.0])
    live.set_seats(1, 0)
    live.set_seats(1, 2)
