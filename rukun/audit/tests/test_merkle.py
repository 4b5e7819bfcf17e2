"""The tree keeps the promises of RFC 9162: every leaf can be shown to stand in it, and every growth to be growth alone."""

from hashlib import sha256

import pytest

from rukun.audit.merkle import (
    EMPTY,
    TILE,
    Frontier,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

SIZES = range(1, 66)
LEAVES = [leaf_hash(number.to_bytes(2, "big")) for number in range(130)]
# the reference tree of the Certificate Transparency tests: eight inputs, and their roots
INPUTS = [
    bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


def test_the_roots_are_those_of_the_reference_tree():
    leaves = [leaf_hash(data) for data in INPUTS]
    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == ROOTS


def test_a_growing_tree_always_has_the_root_of_the_definition():
    frontier = Frontier()
    assert frontier.root() == EMPTY == slow_root([])
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert frontier.root() == slow_root(LEAVES[:size])


def test_every_leaf_of_every_tree_is_shown_to_stand_in_it_and_nowhere_else():
    for size in SIZES:
        root = root_of(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(LEAVES[:size], index)
            assert is_included(LEAVES[index], index, size, proof, root)
            assert not is_included(LEAVES[index + 1], index, size, proof, root)
            assert not is_included(LEAVES[index], (index + 1) % size, size, proof, root) or size == 1
            assert not is_included(LEAVES[index], index, size, [*proof, EMPTY], root)


def pairs_are_consistent(longest: int) -> tuple[int, int]:
    roots = [root_of(LEAVES[:size]) for size in range(longest + 1)]
    proved = refused = 0
    for size in range(1, longest + 1):
        for old in range(1, size + 1):
            proof = consistency_proof(LEAVES[:size], old)
            assert is_consistent(old, size, roots[old], roots[size], proof)
            proved += 1
            rewritten = root_of([leaf_hash(b"another past"), *LEAVES[1:old]])
            assert not is_consistent(old, size, rewritten, roots[size], proof)
            refused += 1
            if old < size:
                assert not is_consistent(old, size, roots[old], roots[size - 1], proof) or roots[size - 1] == roots[size]
                assert not is_consistent(old, size, roots[old], roots[size], proof[:-1])
    return proved, refused


def test_every_growth_is_proved_and_every_rewritten_past_refused():
    assert pairs_are_consistent(65) == (2145, 2145)


@pytest.mark.long
def test_every_growth_is_proved_up_to_130_leaves():
    assert pairs_are_consistent(130) == (8515, 8515)


def test_a_tree_over_whole_tiles_is_the_same_tree():
    leaves = [leaf_hash(number.to_bytes(4, "big")) for number in range(3 * TILE + 7)]
    for size in (TILE, TILE + 1, 2 * TILE, 3 * TILE, len(leaves)):
        tiles = [root_of(leaves[at : min(at + TILE, size)]) for at in range(0, size, TILE)]
        assert root_of(tiles) == root_of(leaves[:size])
