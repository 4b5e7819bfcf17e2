"""What a directive may say and for how long it holds; whom its areas touch; pure, no query in it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from rukun.officers.rules import FIELD_ROLES, LADDER, Role

LONGEST = timedelta(days=90)  # an Atensi that never ends is read by nobody
TEXT = 400  # letters: it stands whole on everybody's first page
REACHED = (*FIELD_ROLES, *LADDER, Role.OPERATOR)  # those who serve; who evaluates, audits or keeps the machine is not commanded here
# who stands for election, and who stands behind them: a directive is about a place and what may happen there, never about these
SIDES = re.compile(
    r"\b(partai|parpol|paslon|capres|cawapres|cagub|cawagub|cabup|cawabup|cawalkot|cawali|caleg|bacaleg|petahana|timses"
    r"|pasangan\s+calon|tim\s+(sukses|pemenangan|kampanye)|(calon|bakal\s+calon)\s+"
    r"(presiden|gubernur|bupati|wali\s*kota|legislatif|anggota\s+dewan|kepala\s+daerah|wakil)|nomor\s+urut|relawan\s+pendukung)\b",
    re.IGNORECASE,
)


def names_a_side(text: str) -> bool:
    """Whether a text speaks of parties, candidates or those around them."""
    return bool(SIDES.search(text))


def in_force(last_day: date, today: date, *, over: bool) -> bool:
    """Until the end of its last day, unless it was ended or withdrawn before."""
    return not over and today <= last_day


def touch(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any place of the one lies in, or holds, any place of the other."""
    rest = list(others)
    return any(one.startswith(other) or other.startswith(one) for one in ones for other in rest)
