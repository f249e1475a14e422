"""One decorator for every compiled kernel of the engine.

A kernel takes and returns plain arrays and numbers, is compiled by numba at its first call and
kept in numba's cache (beside the module, or under NUMBA_CACHE_DIR), so later processes only load
it. It releases the interpreter lock while it runs. With NUMBA_DISABLE_JIT=1 it is plain Python.

numba compiles a kernel again when its own file changes. Kernels call functions of other files, so
here a change of any of those counts too (`source_files`): a stale kernel would score by old rules.
"""

import fcntl
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np

P = ParamSpec("P")
R = TypeVar("R")

LOCK = ".compiling"


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """Compile a kernel with numba; the signature the type checker sees stays as written.

    Cost: the first call per machine and signature compiles (about 0.2-2 s), the first call per
    process loads from the cache (some ms).
    """
    return cast("Callable[P, R]", _watched(numba.njit(cache=True, nogil=True)(kernel)))


def compiled_finite(kernel: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, for kernels that never meet NaN: reductions run on many numbers at once.

    Only the sign of zero and NaN are given up; the order of sums stays as written.
    """
    fast = numba.njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
    return cast("Callable[P, R]", _watched(fast(kernel)))


def compiled_fused(kernel: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, and a × b + c may be one step: exact for whole numbers either way."""
    fast = numba.njit(cache=True, nogil=True, fastmath={"contract"})
    return cast("Callable[P, R]", _watched(fast(kernel)))


def source_files(kernel: Callable[..., object]) -> list[Path]:
    """The files of this package whose functions a kernel is made of, its own among them."""
    seen: set[Callable[..., object]] = set()
    ahead = [_plain(kernel)]
    while ahead:
        function = ahead.pop()
        if function not in seen:
            seen.add(function)
            ahead.extend(_called(function))
    return sorted({Path(inspect.getfile(function)) for function in seen})


def _watched(dispatcher: Any) -> Any:
    """Let the kernel's cache be valid for these versions of all its files only.

    numba has no public way to say so; without the attribute (another version, or no compilation)
    its own rule stays.
    """
    cache_file = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if cache_file is not None and hasattr(cache_file, "_source_stamp"):
        stats = [(file.name, file.stat()) for file in source_files(dispatcher)]
        cache_file._source_stamp = tuple((name, s.st_mtime_ns, s.st_size) for name, s in stats)
    return dispatcher


def _plain(function: Any) -> Callable[..., object]:
    """The Python function behind a kernel, or the function itself."""
    return cast("Callable[..., object]", getattr(function, "py_func", function))


def _called(function: Callable[..., object]) -> Iterator[Callable[..., object]]:
    """Functions of this package that a function names, directly or as `module.name`."""
    package = __name__.rpartition(".")[0]
    names: tuple[str, ...] = getattr(getattr(function, "__code__", None), "co_names", ())
    for name in names:
        found = getattr(function, "__globals__", {}).get(name)
        modules = [found] if isinstance(found, ModuleType) else []
        named = [getattr(m, other, None) for m in modules for other in names] or [found]
        for entry in map(_plain, named):
            if inspect.isfunction(entry) and entry.__module__.startswith(package):
                yield entry


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """Let one process compile at a time: whoever comes later waits, and then only loads.

    Without a place to keep compiled loops (or without compilation) nobody waits.
    """
    with ExitStack() as stack:
        with suppress(OSError, AttributeError):
            folder = Path(cast("Any", _anything).stats.cache_path)
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context((folder / LOCK).open("a"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@compiled
def _anything(number: int) -> int:
    """A kernel to ask where kernels are kept; nobody calls it."""
    return number


def warm_up() -> None:
    """Compile, or load from the cache, every kernel that scoring and assigning a cohort needs.

    Call it in a worker at start, so that nobody waits for it later. Cost: some 45 seconds once
    per machine and version, then about a second per process.
    """
    # These import this module.
    from scipy.sparse import csr_array

    from .assignment import LiveAssignment, assign, verify
    from .criteria import Criterion
    from .profiles import Mentee, Mentor
    from .scoring import score

    people = score([Mentee(id="mentee", text="team")], [Mentor(id="mentor", text="team")])
    people.points(Criterion.TOPICS, 0, 0)
    numbers = np.random.default_rng(0)
    fits = numbers.random((240, 180)) + numbers.random(180)
    fits[:, 100:][20:] = np.nan
    seats = np.ones(180, dtype=np.int64)
    whole = np.nan_to_num(fits, nan=0.0)
    for scores in (fits, whole, fits[:, :100], csr_array(whole)):
        here = seats[: scores.shape[1]]
        verify(scores, here, assign(scores, here))
    live = LiveAssignment.of(fits[:20, :20], seats[:20])
    live.change(0, [1, 2], [1.0, 2.0])
    live.set_seats(1, 0)
    live.set_seats(1, 2)
