"""What a report counts for, by how its account stands to its place; the view does the same in the database, and a test holds both together.

Who serves or commands a place, and did four weeks ago, counts in full: once in seven days in a village, in three villages a week. Of all other
accounts three together count as one, once a week in a village and only beside somebody who does serve there; each of them in one village a
week. It is a property of a report and its place. Nobody has a score: the same officer counts in full at home and a third next door.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

ALL = "*"  # every group together
WEEK = 7
SETTLED = 28  # days that somebody has served a place before it counts in full
TOGETHER = 3  # accounts that don't serve there and count as one
PLACES_HERE, PLACES_ELSEWHERE = 3, 1  # villages of a week in which an account counts: those it serves, and others


@dataclass(frozen=True, slots=True)
class Said:
    """A report, as far as counting needs it. `day`: since a Monday. `serves`: its account serves or commands there."""

    place: int | str
    day: int
    account: int
    serves: bool
    group: str = ""


def kept(said: Iterable[Said]) -> Iterator[Said]:
    """The reports that count, each on the day from which it does: of its group, and of all together. Handed in in the order of their coming."""
    villages: dict[tuple[int, int], set[int | str]] = defaultdict(set)  # account, week: of which it has told
    tellers: dict[str, Teller] = defaultdict(Teller)
    for one in said:
        told = villages[one.account, one.day // WEEK]
        allowed = len(told - {one.place}) < (PLACES_HERE if one.serves else PLACES_ELSEWHERE)
        told.add(one.place)
        if allowed:
            for group in (ALL, one.group):
                yield from tellers[group].hear(replace(one, group=group))


class Teller:
    """Keeps the count of one group."""

    def __init__(self) -> None:
        self.first: dict[tuple[int | str, int, int], int] = {}  # place, account, week: its first day
        self.counted: set[tuple[int | str, int, int]] = set()
        self.others: dict[tuple[int | str, int], list[Said]] = defaultdict(list)  # place, week: of accounts that don't serve there
        self.beside: set[tuple[int | str, int]] = set()  # place, week: where somebody who serves there told of it

    def hear(self, one: Said) -> Iterator[Said]:
        week = one.day // WEEK
        key = one.place, one.account, week
        self.first.setdefault(key, one.day)
        before = self.first.get((one.place, one.account, week - 1))
        if key in self.counted or (before is not None and one.day < before + WEEK):
            return
        self.counted.add(key)
        there = one.place, week
        others = self.others[there]
        if one.serves:
            yield one
            if there not in self.beside and len(others) >= TOGETHER:
                yield replace(others[TOGETHER - 1], day=one.day)
            self.beside.add(there)
        else:
            others.append(one)
            if there in self.beside and len(others) == TOGETHER:
                yield one
