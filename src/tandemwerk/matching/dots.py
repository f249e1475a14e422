"""Dot products of text signatures: one mentee against a line of mentors, exact in float32.

Processors with AVX-512 VNNI multiply and add 64 bytes in one step, but signed by unsigned only: so
mentors are laid out with 128 added (which is the highest bit turned), and the mentee's sum times
128 is taken off at the end. Whole numbers, so both forms give the same bits; where the processor
lacks the step, `text_dots` is the plain form.

Layout of the quick form: int8 (blocks, 2048), a block is 32 mentors, filled up with zeros: 16 times
four dimensions of one mentor after the other. Of the plain form: int8 (64, mentors).
"""

from collections.abc import Callable
from typing import Any, cast

import numba
import numpy as np
from numba.core import cgutils as untyped_cgutils
from numba.core import types
from numba.core.codegen import get_host_cpu_features as untyped_features
from numba.extending import intrinsic
from numpy.typing import NDArray

from . import fits
from .compiled import compiled, compiled_fused
from .fits import Array, Each

Signatures = NDArray[np.int8]
Dots = Callable[[Signatures, Signatures, int, Array], None]

BYTES, LANES, GROUP = 64, 16, 4  # of a register; sums in one; products in a sum
BLOCK = 2 * LANES  # mentors
# Mentors whose signatures stay in the nearest cache while a few mentees pass; the plain form has to
# read and write its sums too often for short lines.
QUICK_STRETCH, PLAIN_STRETCH = 256, 1 << 20
HIGHEST = -128
_ZERO = np.float32(0)
cgutils: Any = untyped_cgutils
ir: Any = cgutils.ir
get_host_cpu_features: Callable[[], str] = untyped_features


def _has_quick_step() -> bool:
    """Whether numba compiles for this very processor, and it has the step."""
    settings: Any = numba.config
    is_host = not (settings.DISABLE_JIT or settings.CPU_NAME or settings.CPU_FEATURES)
    return bool(is_host and "+avx512vnni" in get_host_cpu_features().split(","))


def plain_layout(signature: Signatures) -> Signatures:
    """(mentors, 64) dimension by dimension."""
    return np.ascontiguousarray(signature.T)


def quick_layout(signature: Signatures) -> Signatures:
    """(mentors, 64) in blocks, the highest bit of each number turned; rows begin with a line of
    the cache."""
    mentors, size = signature.shape
    blocks = -(-mentors // BLOCK)
    filled = np.zeros((blocks * BLOCK, size), dtype=np.int8)
    filled[:mentors] = signature
    room = np.empty(filled.size + BYTES, dtype=np.int8)
    begin = -room.ctypes.data % BYTES
    groups = filled.reshape(blocks, BLOCK, size // GROUP, GROUP).transpose(0, 2, 1, 3)
    packed = room[begin : begin + filled.size].reshape(groups.shape)
    np.bitwise_xor(groups, np.int8(HIGHEST), out=packed)
    return packed.reshape(blocks, BLOCK * size)


@compiled_fused
def plain_dots(own: Signatures, others: Signatures, first: int, total: Array) -> None:
    """total[j] = dot product of `own` and mentor first + j, from the plain layout.

    Eight dimensions at a time, so that total is read and written eight times.
    """
    last = first + len(total)
    total[:] = _ZERO
    for d in range(0, len(own), 8):
        a, b, c, e = _four(own, d)
        f, g, h, i = _four(own, d + 4)
        one, two, three, four = _four_lines(others, d, first, last)
        five, six, seven, eight = _four_lines(others, d + 4, first, last)
        for j in range(len(total)):
            found = total[j]
            found += a * np.float32(one[j])
            found += b * np.float32(two[j])
            found += c * np.float32(three[j])
            found += e * np.float32(four[j])
            found += f * np.float32(five[j])
            found += g * np.float32(six[j])
            found += h * np.float32(seven[j])
            found += i * np.float32(eight[j])
            total[j] = found


@fits.elementwise
def _four(own: Each, d: int) -> Each:
    return (
        np.float32(own[d]),
        np.float32(own[d + 1]),
        np.float32(own[d + 2]),
        np.float32(own[d + 3]),
    )


@fits.elementwise
def _four_lines(others: Each, d: int, first: int, last: int) -> Each:
    return (
        others[d, first:last],
        others[d + 1, first:last],
        others[d + 2, first:last],
        others[d + 3, first:last],
    )


# Runs when numba compiles it: not with a warm cache, nor on processors without the step. Its
# results are held against `plain_dots` in any case.
def _two_registers_code(  # pragma: no cover - see above
    typing: Any, own: Any, others: Any, block: Any, offset: Any, total: Any, at: Any
) -> Any:
    """total[at : at + 32] = offset + dot products of `own` and the mentors of a block."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        arrays = [
            context.make_array(kind)(context, builder, value)
            for kind, value in zip(signature.args, args, strict=True)
            if isinstance(kind, types.Array)
        ]
        own_data, others_data, total_data = (array.data for array in arrays)
        whole, real, size = ir.IntType(32), ir.FloatType(), ir.IntType(64)
        sums = ir.VectorType(whole, LANES)
        step = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(sums, [sums, sums, sums]),
            "llvm.x86.avx512.vpdpbusd.512",
        )

        def read(data: Any, place: Any, kind: Any, align: int) -> Any:
            here = cgutils.pointer_add(builder, data, place)
            return builder.load(builder.bitcast(here, kind.as_pointer()), align=align)

        def spread(number: Any) -> Any:
            one = builder.insert_element(ir.Constant(sums, ir.Undefined), number, whole(0))
            lanes = ir.Constant(ir.VectorType(whole, LANES), [0] * LANES)
            return builder.shuffle_vector(one, ir.Constant(sums, ir.Undefined), lanes)

        start = spread(builder.trunc(args[3], whole))
        found = [start, start]
        block_start = builder.mul(args[2], size(BYTES * BLOCK))
        for group in range(BYTES // GROUP):
            mine = spread(read(own_data, size(GROUP * group), whole, 1))
            for half in range(2):
                place = builder.add(block_start, size(BYTES * (2 * group + half)))
                theirs = read(others_data, place, sums, 1)
                found[half] = builder.call(step, [found[half], theirs, mine])
        for half in range(2):
            there = builder.mul(builder.add(args[5], size(LANES * half)), size(4))
            here = cgutils.pointer_add(builder, total_data, there)
            reals = ir.VectorType(real, LANES)
            value = builder.sitofp(found[half], reals)
            builder.store(value, builder.bitcast(here, reals.as_pointer()), align=4)
        return context.get_dummy_value()

    wanted = types.none(own, others, types.int64, types.int64, total, types.int64)
    return wanted, code


# Typed for the one caller: numba leaves out the first parameter.
_two_registers = cast(
    "Callable[[Signatures, Signatures, int, int, Array, int], None]",
    intrinsic(_two_registers_code),
)


@compiled
def quick_dots(own: Signatures, others: Signatures, first: int, total: Array) -> None:
    """The same as `plain_dots`, from the quick layout, on processors with the step.

    first: where a block begins.
    """
    offset = 0
    for d in range(len(own)):
        offset += HIGHEST * int(own[d])
    done = len(total) - len(total) % BLOCK
    for at in range(0, done, BLOCK):
        _two_registers(own, others, (first + at) // BLOCK, offset, total, at)
    for j in range(done, len(total)):
        found = 0
        block, place = (first + j) // BLOCK, (first + j) % BLOCK
        for d in range(len(own)):
            theirs = others[block, GROUP * (BLOCK * (d // GROUP) + place) + d % GROUP]
            found += int(own[d]) * int(theirs ^ np.int8(HIGHEST))
        total[j] = np.float32(found)


HAS_QUICK_STEP = _has_quick_step()
layout = quick_layout if HAS_QUICK_STEP else plain_layout
text_dots: Dots = quick_dots if HAS_QUICK_STEP else plain_dots
STRETCH = QUICK_STRETCH if HAS_QUICK_STEP else PLAIN_STRETCH
