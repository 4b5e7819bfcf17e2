"""The tree over the book's leaves, as in RFC 9162: roots, proofs that a leaf stands in it, proofs that it only grew."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
TILE = 256  # leaves under one stored node: a whole tile is hashed once and never again


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: all that is needed to append leaves and to say the root."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []  # roots of whole subtrees, the largest first

    def append(self, leaf: bytes) -> None:
        self.size += 1
        size = self.size
        while size % 2 == 0:
            leaf = node_hash(self._edge.pop(), leaf)
            size //= 2
        self._edge.append(leaf)

    def root(self) -> bytes:
        if not self._edge:
            return EMPTY
        root = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours, from the leaf up, that lead from leaf `index` to the root."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), root_of(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), root_of(leaves[:half])]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(neighbour, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = node_hash(found, neighbour)
        place, last = place // 2, last // 2
    return last == 0 and found == root


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """What shows that the tree of the first `old` leaves was only added to, never rewritten."""
    return grown(old, len(leaves), lambda start, end: root_of(leaves[start:end]))


def grown(old: int, size: int, span: Callable[[int, int], bytes]) -> list[bytes]:
    """The same proof from whatever can say the root over the leaves start..end: a list, or stored tiles."""
    if not 0 <= old <= size:
        raise IndexError(f"no tree of {old} inside one of {size}")
    if old in (0, size):
        return []
    return _grown(old, 0, size, True, span)


def _grown(old: int, start: int, end: int, whole: bool, span: Callable[[int, int], bytes]) -> list[bytes]:
    if old == end - start:
        return [] if whole else [span(start, end)]
    half = split(end - start)
    if old <= half:
        return [*_grown(old, start, start + half, whole, span), span(start + half, end)]
    return [*_grown(old - half, start + half, end, False, span), span(start, start + half)]


def is_consistent(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    if old == size:
        return old_root == root and not proof
    if old == 0:
        return old_root == EMPTY and not proof
    if not 0 < old < size or not proof:
        return False
    return _is_consistent(old, size, old_root, root, [old_root, *proof] if old & (old - 1) == 0 else list(proof))


def _is_consistent(old: int, size: int, old_root: bytes, root: bytes, path: list[bytes]) -> bool:
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place // 2, last // 2
    before = after = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = node_hash(node, before), node_hash(node, after)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            after = node_hash(after, node)
        place, last = place // 2, last // 2
    return last == 0 and before == old_root and after == root


def split(size: int) -> int:
    """The largest power of two below the size: where RFC 9162 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)
