"""Worlds of chance: which place and age each case gets, from a counter, so that order and threads change nothing."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

GOLD = np.uint64(0x9E3779B97F4A7C15)
LOW = np.uint64(0xFFFFFFFF)


@njit(inline="always")
def mixed(z):  # type: ignore[no-untyped-def]
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))


@njit(inline="always")
def key_of(seed, replicate):  # type: ignore[no-untyped-def]
    """Where a replicate's own stream of numbers begins."""
    return mixed(mixed(uint64(seed) * GOLD + uint64(1)) + uint64(replicate) * uint64(0xD1342543DE82EF95))


@njit(inline="always")
def pick(bits, odds, other):  # type: ignore[no-untyped-def]
    """One draw from an alias table: the upper bits choose a column, the lower ones between its two names."""
    column = ((bits >> uint64(32)) * uint64(len(odds))) >> uint64(32)
    if (bits & LOW) >= uint64(odds[column]):
        return np.int64(other[column])
    return np.int64(column)


@njit(cache=True, nogil=True)
def deal(seed, replicate, cases, deck, cards, swapped, places, ages):  # type: ignore[no-untyped-def]
    """Write the places and ages of a replicate's cases; returns how many fell within the span.

    cards: 0 .. n - 1, shuffled here and put back. swapped: room for as many numbers as cards are drawn.
    """
    key = key_of(seed, replicate)
    if deck.way == 0:
        for case in range(cases):
            places[case] = pick(mixed(key + uint64(2 * case + 1) * GOLD), deck.odds, deck.other)
            ages[case] = pick(mixed(key + uint64(2 * case + 2) * GOLD), deck.age_odds, deck.age_other)
        return cases
    if deck.way == 1:
        for case in range(cases):
            cell = pick(mixed(key + uint64(case + 1) * GOLD), deck.odds, deck.other)
            places[case] = cell // deck.span
            ages[case] = cell % deck.span
        return cases
    dealt, position = 0, 0
    for stratum in range(len(deck.drawn)):
        first, stop = deck.edges[stratum], deck.edges[stratum + 1]
        for i in range(first, first + deck.drawn[stratum]):
            bits = mixed(key + uint64(position + 1) * GOLD)
            j = i + np.int64(((bits >> uint64(32)) * uint64(stop - i)) >> uint64(32))
            card = cards[j]
            cards[j] = cards[i]
            cards[i] = card
            swapped[position] = j
            age = deck.ages[card] if deck.ages[card] >= 0 else deck.positions[position]
            position += 1
            if age < deck.span:
                places[dealt] = deck.places[card]
                ages[dealt] = age
                dealt += 1
    for stratum in range(len(deck.drawn) - 1, -1, -1):
        first = deck.edges[stratum]
        for i in range(first + deck.drawn[stratum] - 1, first - 1, -1):
            position -= 1
            j = swapped[position]
            card = cards[j]
            cards[j] = cards[i]
            cards[i] = card
    return dealt


@njit(cache=True, nogil=True)
def alias(weights):  # type: ignore[no-untyped-def]
    """The tables from which ``pick`` draws a column as often as its weight says."""
    n = len(weights)
    share = weights * (n / weights.sum())
    other = np.arange(n).astype(np.int32)
    small, large = np.empty(n, np.int32), np.empty(n, np.int32)
    few, many = 0, 0
    for i in range(n):
        if share[i] < 1.0:
            small[few] = i
            few += 1
        else:
            large[many] = i
            many += 1
    while few > 0 and many > 0:
        few -= 1
        s, g = small[few], large[many - 1]
        other[s] = g
        share[g] -= 1.0 - share[s]
        if share[g] < 1.0:
            many -= 1
            small[few] = g
            few += 1
    odds = np.full(n, np.uint32(0xFFFFFFFF), np.uint32)
    for i in range(n):
        if other[i] != i:
            odds[i] = np.uint32(min(max(share[i], 0.0) * 4294967296.0, 4294967295.0))
    return odds, other


@njit(cache=True, nogil=True)
def tally(places, ages, cases, sign, table):  # type: ignore[no-untyped-def]
    """Add the cases to a table of places by ages, or take them out again."""
    for case in range(cases):
        table[places[case], ages[case]] += sign
