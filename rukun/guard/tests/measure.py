"""How often the guard is right on labelled texts: found of what is there, there of what is found."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rukun import guard
from rukun.guard.kinds import REFUSED, SAID
from rukun.guard.tests.texts import Labelled


@dataclass(slots=True)
class Tally:
    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0


def measure(labelled: Iterable[Labelled]) -> dict[str, Tally]:
    """For each kind, for names that no word announces (`bare`), for refusing at all (`refused`), and for what an offer keeps (`keep`)
    and still says (`drop`)."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in labelled:
        reading = guard.read(one.text, kind=one.kind)
        identities(one, reading, tallies)
        labels(one, reading, tallies)
        offers(one, reading, tallies)
    return tallies


def identities(one: Labelled, reading: guard.Reading, tallies: dict[str, Tally]) -> None:
    wanted = [mark for mark in one.marks if mark[0] not in {"keep", "drop"}]
    dropped = [mark for mark in one.marks if mark[0] == "drop"]
    for mark, start, end in wanted:
        kind = "name" if mark == "bare" else mark
        hit = any(found.kind == kind and found.start <= start and found.end >= end for found in reading.findings)
        for told in {mark, kind}:
            tallies[told].found += hit
            tallies[told].missed += not hit
    for found in reading.findings:
        there = any(start < found.end and found.start < end for _kind, start, end in [*wanted, *dropped])
        if found.replaced and not there:
            tallies[found.kind].false += 1


def labels(one: Labelled, reading: guard.Reading, tallies: dict[str, Tally]) -> None:
    for kind in [*REFUSED, *SAID]:
        tallies[kind].found += kind in one.labels and kind in reading.kinds
        tallies[kind].missed += kind in one.labels and kind not in reading.kinds
        tallies[kind].false += kind not in one.labels and kind in reading.kinds
    wanted = bool(one.labels & set(REFUSED))
    tallies["refused"].found += wanted and reading.refused
    tallies["refused"].missed += wanted and not reading.refused
    tallies["refused"].false += reading.refused and not wanted


def offers(one: Labelled, reading: guard.Reading, tallies: dict[str, Tally]) -> None:
    """A fact is kept when it is there word for word; an offending clause is gone when most of its words are."""
    if not reading.refused:
        return
    offered = reading.offered.casefold()
    for fact in one.marked("keep"):
        tallies["keep"].found += fact.casefold() in offered
        tallies["keep"].missed += fact.casefold() not in offered
    for clause in one.marked("drop"):
        said = clause.casefold().replace(",", " ").split()
        left = sum(word in offered.split() for word in said)
        tallies["drop"].found += left <= len(said) / 2
        tallies["drop"].missed += left > len(said) / 2
