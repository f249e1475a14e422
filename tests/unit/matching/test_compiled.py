"""The decorator of the compiled kernels."""

import fcntl
from pathlib import Path
from typing import Any

import numba
import pytest

from tandemwerk.matching import compiled, kernels, signatures
from tandemwerk.matching.compiled import LOCK, _watched, one_process_at_a_time, source_files


def names(kernel: object) -> set[str]:
    return {file.name for file in source_files(kernel)}  # type: ignore[arg-type]  # a kernel can be called


def test_a_kernel_knows_all_files_that_it_is_made_of() -> None:
    assert names(kernels.score_lines) == {
        "kernels.py",
        "lines.py",
        "fits.py",
        "offers.py",
        "dots.py",
    }
    assert names(signatures._sign) == {"signatures.py"}


def test_the_cache_of_a_kernel_holds_for_these_versions_of_all_its_files_only() -> None:
    dispatcher: Any = kernels.score_lines
    stamp = dispatcher._cache._cache_file._source_stamp
    sizes = {name: size for name, _, size in stamp}
    assert sizes.keys() == names(dispatcher)
    for file in source_files(dispatcher):
        assert sizes[file.name] == Path(file).stat().st_size


def test_what_is_not_kept_in_a_cache_stays_as_it_is() -> None:
    # As with NUMBA_DISABLE_JIT=1, or a numba that keeps its cache elsewhere.
    plain = signatures._sign.py_func  # type: ignore[attr-defined]  # of the dispatcher
    assert _watched(plain) is plain
    uncached: Any = numba.njit(plain)
    before = vars(uncached._cache).copy()
    assert _watched(uncached) is uncached
    assert vars(uncached._cache) == before


def test_one_process_compiles_at_a_time() -> None:
    where: Any = kernels.score_lines
    lock = Path(where.stats.cache_path) / LOCK
    with (
        one_process_at_a_time(),
        lock.open("a") as other,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with one_process_at_a_time():  # given back
        pass


def test_nobody_waits_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_anything", lambda number: number)
    with one_process_at_a_time():
        pass
