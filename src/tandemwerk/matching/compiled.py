"""One decorator for every compiled kernel of the engine.

A kernel takes and returns plain arrays and numbers, is compiled by numba at its first call and
kept in numba's cache (beside the module, or under NUMBA_CACHE_DIR), so later processes only load
it. It releases the interpreter lock while it runs. With NUMBA_DISABLE_JIT=1 it is plain Python.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

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
