"""The labelled texts of the guard, in two halves: `open` was read while the rules were written, `held` only to measure them.
`later` came after the rules, in other words, to see what they miss; it was measured once and then read, too. So did `fresh`, a day later.

In a text, `{nik:…}`, `{phone:…}`, `{email:…}`, `{plate:…}`, `{account:…}`, `{handle:…}` and `{name:…}` mark what must be replaced,
`{bare:…}` a name that no word announces; `{keep:…}` must be in what is offered instead of a refused text, `{drop:…}` must not.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MARK = re.compile(r"\{([a-z]+):([^{}]*)\}")
HALVES = ("open", "held")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, what is in it, and what must become of it."""

    register: str
    kind: str
    labels: frozenset[str]
    text: str
    marks: tuple[tuple[str, int, int], ...]  # kind, and from where to where

    def marked(self, *kinds: str) -> list[str]:
        return [self.text[start:end] for kind, start, end in self.marks if kind in kinds]


def labelled(row: dict) -> Labelled:
    plain, marks, at = "", [], 0
    for found in MARK.finditer(row["text"]):
        plain += row["text"][at : found.start()]
        marks.append((found[1], len(plain), len(plain) + len(found[2])))
        plain += found[2]
        at = found.end()
    plain += row["text"][at:]
    return Labelled(row["register"], row["kind"], frozenset(row["labels"]), plain, tuple(marks))


def half_of(text: str) -> str:
    """Which half a text belongs to: decided by the text itself, not by whoever files it."""
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


@cache
def texts(half: str) -> tuple[Labelled, ...]:
    lines = (Path(__file__).parent / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(labelled(json.loads(line)) for line in lines)
