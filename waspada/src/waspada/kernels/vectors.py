"""Sixty-four bytes at once: the two vector steps that LLVM does not find by itself, spelled out for it.

LLVM lowers them to whatever the processor has: one instruction each with AVX-512, two with AVX2, four with SSE2 or NEON.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

ROWS = 8  # vectors of a tile's row: groups of periods that are sifted together
BYTES = 64
LONG = ir.IntType(64)


class Lanes:
    """Vectors of the element type of an array."""

    def __init__(self, context: Any, builder: Any, array_type: Any) -> None:
        self.builder = builder
        self.element = context.get_data_type(array_type.dtype)
        self.size = array_type.dtype.bitwidth // 8
        self.count = BYTES // self.size
        self.vector = ir.VectorType(self.element, self.count)

    def load(self, address: Any, offset: int) -> Any:
        vector = self.builder.load(self.at(address, offset))
        vector.align = BYTES
        return vector

    def store(self, value: Any, address: Any, offset: int) -> None:
        self.builder.store(value, self.at(address, offset)).align = BYTES

    def at(self, address: Any, offset: int) -> Any:
        return self.builder.inttoptr(self.builder.add(address, LONG(offset)), self.vector.as_pointer())

    def saturating(self, name: str, left: Any, right: Any) -> Any:
        full = f"llvm.{name}.sat.v{self.count}i{self.size * 8}"
        function = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]  # numba has no types
            self.builder.module, ir.FunctionType(self.vector, [self.vector] * 2), full
        )
        return self.builder.call(function, [left, right])

    def everywhere(self, value: Any) -> Any:
        """The same value in each lane."""
        one = self.builder.insert_element(ir.Constant(self.vector, ir.Undefined), value, ir.IntType(32)(0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), self.count), None)
        return self.builder.shuffle_vector(one, ir.Constant(self.vector, ir.Undefined), zeros)


def address_of(context: Any, builder: Any, array_type: Any, value: Any) -> Any:
    return builder.ptrtoint(context.make_array(array_type)(context, builder, value).data, LONG)


@intrinsic
def add_and_compare(typing_context, tile, members, first, stop, limits, offset, sums):  # type: ignore[no-untyped-def]
    """sums += the rows members[first:stop] of the tile, saturating; a bit for each lane in which a row exceeds limits[offset + row]."""
    signature = types.uint64(tile, members, types.int64, types.int64, limits, types.int64, sums)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        at = [address_of(context, builder, signature.args[i], arguments[i]) for i in (0, 1, 4, 6)]
        tile_at, members_at, limits_at, sums_at = at
        first, stop, offset = arguments[2], arguments[3], arguments[5]
        lanes = Lanes(context, builder, signature.args[0])
        before = [lanes.load(sums_at, BYTES * row) for row in range(ROWS)]
        entry, loop = builder.block, builder.append_basic_block("places")
        body, after = builder.append_basic_block("place"), builder.append_basic_block("compare")
        builder.branch(loop)

        builder.position_at_end(loop)
        position = builder.phi(LONG)
        position.add_incoming(first, entry)
        running = []
        for value in before:
            running.append(builder.phi(lanes.vector))
            running[-1].add_incoming(value, entry)
        builder.cbranch(builder.icmp_signed("<", position, stop), body, after)

        builder.position_at_end(body)
        member_at = builder.add(members_at, builder.shl(position, LONG(2)))
        member = builder.zext(builder.load(builder.inttoptr(member_at, ir.IntType(32).as_pointer())), LONG)
        row_at = builder.add(tile_at, builder.mul(member, LONG(ROWS * BYTES)))
        position.add_incoming(builder.add(position, LONG(1)), body)
        for row, value in enumerate(running):
            value.add_incoming(lanes.saturating("uadd", value, lanes.load(row_at, BYTES * row)), body)
        builder.branch(loop)

        builder.position_at_end(after)
        exceeds = ir.Constant(ir.VectorType(ir.IntType(1), lanes.count), None)
        for row, value in enumerate(running):
            lanes.store(value, sums_at, BYTES * row)
            limit_at = builder.add(limits_at, builder.mul(builder.add(offset, LONG(row)), LONG(lanes.size)))
            limit = builder.load(builder.inttoptr(limit_at, lanes.element.as_pointer()))
            exceeds = builder.or_(exceeds, builder.icmp_unsigned(">", value, lanes.everywhere(limit)))
        worlds = builder.bitcast(exceeds, ir.IntType(lanes.count))
        return worlds if lanes.count == 64 else builder.zext(worlds, LONG)

    return signature, generate
