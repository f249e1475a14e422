"""The decorator of the compiled kernels."""

from pathlib import Path
from typing import Any

import numba

from tandemwerk.matching import kernels, signatures
from tandemwerk.matching.compiled import _watched, source_files


def names(kernel: object) -> set[str]:
    return {file.name for file in source_files(kernel)}  # type: ignore[arg-type]  # a kernel can be called


def test_a_kernel_knows_all_files_that_it_is_made_of() -> None:
    assert names(kernels.score_lines) == {"kernels.py", "lines.py", "fits.py", "offers.py"}
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
