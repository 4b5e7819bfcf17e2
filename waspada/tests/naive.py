"""The slow twin: the same scan in plain NumPy and plain loops, written from the definitions and sharing nothing with the kernels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

CLOSE = 1e-9


@dataclass(frozen=True)
class Found:
    statistic: float
    places: tuple[int, ...]
    first: int
    stop: int
    observed: int
    expected: float


def ratio(kind, c, mu, total, trials):
    """The likelihood ratio, term by term."""

    def term(observed, expected):
        return observed * math.log(observed / expected) if observed > 0 else 0.0

    if kind == "expectation":
        return term(c, mu) - (c - mu)
    if mu <= 0 or mu >= total:
        return 0.0
    if kind == "conditional":
        return term(c, mu) + term(total - c, total - mu)
    n = mu * trials / total
    share = total / trials
    inside = term(c, n * share) + term(max(n - c, 0.0), n * (1 - share)) if share < 1 else 0.0
    rest = trials - n
    outside = term(total - c, rest * share) + term(max(rest - (total - c), 0.0), rest * (1 - share)) if share < 1 else 0.0
    return inside + outside


def circles(points, weights, share=1.0, radius=math.inf, neighbours=10**9):
    """Each place's nearest, by distance and row, until a limit is met; a place alone always counts."""
    zones = []
    for centre in points:
        distance = ((points - centre) ** 2).sum(axis=1)
        order = sorted(range(len(points)), key=lambda row: (distance[row], row))
        kept, weight = [], 0.0
        for row in order:
            weight += weights[row]
            fits = weight <= share * sum(weights) * (1 + 1e-12) and distance[row] <= radius**2 * (1 + 1e-12) and len(kept) < neighbours
            if kept and not fits:
                break
            kept.append(row)
        zones.append(kept)
    return zones


def permutation(counts):
    total = counts.sum()
    return np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total if total else np.zeros(counts.shape)


def poisson(counts, people, days):
    """``people``: one number a place; every person-day is as likely to see a case."""
    weight = np.outer(people, days)
    return counts.sum() * weight / weight.sum() if weight.sum() else weight


def daily_population(population, cases):
    """The population summed day by day, each at its middle, instead of integrated."""
    knots = [day.toordinal() for day in population.dates]
    result = np.zeros((cases.places, cases.steps, population.strata))
    for step in range(cases.steps):
        day = cases.first_day(step)
        while day < cases.first_day(step + 1):
            for place in range(cases.places):
                for stratum in range(population.strata):
                    result[place, step, stratum] += np.interp(day.toordinal() + 0.5, knots, population.values[place, :, stratum])
            day += timedelta(days=1)
    return result


def periods(steps, shortest, longest, prospective, analyses=1):
    ends = range(steps - analyses + 1, steps + 1) if prospective else range(1, steps + 1)
    return [(stop - length, stop) for stop in ends for length in range(shortest, longest + 1) if length <= stop]


def cylinders(kind, counts, expected, lists, windows, total, trials=0.0, high=True, low=False, least=2, least_low=0, whole_only=False):
    """Every cylinder that may be a cluster, as Found, with the number of its list."""
    for number, places in enumerate(lists):
        for size in range(len(places) if whole_only else 1, len(places) + 1):
            zone = places[:size]
            c_step, e_step = counts[zone].sum(axis=0), expected[zone].sum(axis=0)
            for first, stop in windows:
                c, mu = int(c_step[first:stop].sum()), float(e_step[first:stop].sum())
                if (high and c > mu and c >= least) or (low and c < mu and c >= least_low):
                    yield number, Found(ratio(kind, c, mu, total, trials), tuple(zone), first, stop, c, mu)


def best(everything):
    """The strongest; of those within 1e-9 fewer places, then shorter, then the lower list, then the earlier."""
    everything = [(number, found) for number, found in everything if found.statistic > CLOSE]
    if not everything:
        return None
    top = max(found.statistic for _, found in everything)
    tied = [(number, found) for number, found in everything if found.statistic >= top - CLOSE]
    return min(tied, key=lambda pair: (len(pair[1].places), pair[1].stop - pair[1].first, pair[0], pair[1].first))[1]


def spread_ratio(c, mean, variance):
    """Of a negative binomial with this mean and variance: at its best multiple of the mean against the mean."""
    if mean <= 0:
        return 0.0
    if variance <= mean:
        return ratio("expectation", c, mean, 0, 0)
    size = mean * mean / (variance - mean)

    def likelihood(m):
        return (c * math.log(m) if c > 0 else 0.0) - (c + size) * math.log(size + m)

    best = c * math.log(c) - (c + size) * math.log(size + c) if c > 0 else -size * math.log(size)
    return best - likelihood(mean)


def spread_cylinders(counts, expected, dispersion, lists, windows, high=True, low=False, least=2, least_low=0, wander=0.0, shared=0.0):
    """As ``cylinders``, for the negative binomial score."""
    wander = np.broadcast_to(wander, len(counts))
    variance = expected + dispersion * expected**2
    for number, places in enumerate(lists):
        for size in range(1, len(places) + 1):
            zone = places[:size]
            for first, stop in windows:
                c, mu = int(counts[zone, first:stop].sum()), float(expected[zone, first:stop].sum())
                if (high and c > mu and c >= least) or (low and c < mu and c >= least_low):
                    levels = shared * mu**2 + sum(wander[place] * expected[place, first:stop].sum() ** 2 for place in zone)
                    value = spread_ratio(c, mu, float(variance[zone, first:stop].sum()) + levels)
                    yield number, Found(value, tuple(zone), first, stop, c, mu)


def negative_binomial_likelihood(counts, means, a):
    """The log likelihood of independent negative binomial counts with variance m + a m^2, without the counts' own constants."""
    total = 0.0
    for y, m in zip(np.ravel(counts), np.ravel(means), strict=True):
        total += sum(math.log1p(a * j) for j in range(int(y))) + (y * math.log(m) if y else 0.0)
        total -= (y + 1 / a) * math.log1p(a * m) if a > 0 else m
    return total


def capped_counts(place, day, source, places, days, cap, every):
    """Day by day, event by event: each account at most ``cap`` times a place in ``every`` days."""
    kept, counts = [], np.zeros((places, days), int)
    for today in range(days):
        for where, when, who in zip(place, day, source, strict=True):
            if when == today and sum(w == where and s == who and d > today - every for w, d, s in kept) < cap:
                kept.append((where, when, who))
                counts[where, when] += 1
    return counts


def surprise(count, mean, alpha, risk=math.inf):
    """The likelihood ratio of a negative binomial count with variance mean + alpha mean^2, from its two log likelihoods."""

    def likelihood(rate):
        if alpha * mean < 1e-9:
            return count * math.log(rate) - rate
        size = 1 / alpha
        return count * math.log(rate / (rate + size)) + size * math.log(size / (rate + size))

    return likelihood(min(count, risk * mean)) - likelihood(mean)


def ending_now(zones, counts, means, lengths):
    """Every zone and period that ends with the last step: list, size, number of the length, count and mean."""
    for number in range(zones.lists):
        for size in range(int(zones.smallest[number]), int(zones.starts[number + 1] - zones.starts[number]) + 1):
            rows = zones.members_of(number, size)
            for j, length in enumerate(lengths):
                yield number, size, j, counts[rows, -length:].sum(), means[rows, -length:].sum()


def strongest(zones, counts, means, lengths, group, alpha, unrest, risk, least):
    """Of each list the highest score above 0 among cylinders that have more than expected."""
    best = np.zeros(zones.lists)
    for number, size, j, count, mean in ending_now(zones, counts, means, lengths):
        if count > mean and count >= least:
            best[number] = max(best[number], surprise(count, mean, alpha[group[size], j], risk) / unrest[number])
    return best


def garwood(events, level=0.95):
    """The means under which so many events, or so few, would be just credible; by halving."""

    def search(beyond):
        low, high = 0.0, 1e4
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if beyond(middle) else (low, middle)
        return low

    def at_most(n, mean):
        return sum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(n + 1)) if mean > 0 else 1.0

    tail = (1 - level) / 2
    least = search(lambda mean: 1 - at_most(events - 1, mean) < tail) if events else 0.0
    return least, search(lambda mean: at_most(events, mean) > tail)
