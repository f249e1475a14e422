"""Dot products of texts: both forms give the plain whole numbers."""

from typing import Any

import numba
import numpy as np
import pytest

from tandemwerk.matching import dots


@pytest.mark.parametrize("mentors", [1, 31, 32, 33, 100, 600])
@pytest.mark.parametrize("first", [0, dots.BLOCK])
def test_both_forms_are_the_plain_sums(mentors: int, first: int) -> None:
    numbers = np.random.default_rng(mentors)
    own = numbers.integers(-127, 128, 64).astype(np.int8)
    others = numbers.integers(-127, 128, (first + mentors, 64)).astype(np.int8)
    own[0], others[-1] = 127, 127
    wanted = others[first:].astype(int) @ own.astype(int)
    forms = [(dots.plain_dots, dots.plain_layout)]
    if dots.HAS_QUICK_STEP:
        forms.append((dots.quick_dots, dots.quick_layout))
    for form, layout in forms:
        total = np.full(mentors, np.nan, dtype=np.float32)
        form(own, layout(others), first, total)
        assert np.array_equal(total, wanted)


def test_the_quick_layout_turns_the_highest_bit_and_begins_with_a_line_of_the_cache() -> None:
    signature = np.arange(-64, 64, dtype=np.int8).reshape(2, 64)
    packed = dots.quick_layout(signature)
    assert packed.shape == (1, 2048)
    assert packed.ctypes.data % dots.BYTES == 0
    assert packed[0, :8].tolist() == [v ^ -128 for v in (-64, -63, -62, -61, 0, 1, 2, 3)]


@pytest.mark.parametrize(
    ("setting", "value"), [("CPU_NAME", "generic"), ("CPU_FEATURES", "+avx2"), ("DISABLE_JIT", 1)]
)
def test_another_processor_than_this_gets_the_plain_form(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: object
) -> None:
    settings: Any = numba.config
    monkeypatch.setattr(settings, setting, value)
    assert not dots._has_quick_step()


@pytest.mark.parametrize("has", [True, False])
def test_the_processor_is_asked_for_the_step(monkeypatch: pytest.MonkeyPatch, has: bool) -> None:
    settings: Any = numba.config
    for name in ("CPU_NAME", "CPU_FEATURES", "DISABLE_JIT"):
        monkeypatch.setattr(settings, name, None)
    sign = "+" if has else "-"
    monkeypatch.setattr(dots, "get_host_cpu_features", lambda: f"+sse,{sign}avx512vnni")
    assert dots._has_quick_step() is has
