"""Ranks, numbers and terms of those who serve; pure, no query in it."""

import hashlib
import re
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rukun.territory.rules import UnitKind

NRP = re.compile(r"^\d{2}(0[1-9]|1[0-2])\d{4}$")  # Perkap 3/2018: year and month of birth, then four digits; a string, zeros lead

# Perkap 3/2016, from the lowest to the highest
RANKS = (
    "Bharada", "Bharatu", "Bharaka", "Abripda", "Abriptu", "Abrip", "Bripda", "Briptu", "Brigadir", "Bripka", "Aipda", "Aiptu",
    "Ipda", "Iptu", "AKP", "Kompol", "AKBP", "Kombes", "Brigjen", "Irjen", "Komjen", "Jenderal",
)  # fmt: skip


class Role(TextChoices):
    RW_OFFICER = "rw_officer", _("Polisi RW")
    VILLAGE_OFFICER = "village_officer", _("Bhabinkamtibmas")
    SECTOR_UNIT_HEAD = "sector_unit_head", _("Kanit Binmas")
    SECTOR_CHIEF = "sector_chief", _("Kapolsek")
    RESORT_UNIT_HEAD = "resort_unit_head", _("Kasat Binmas")
    RESORT_CHIEF = "resort_chief", _("Kapolres")
    REGIONAL_DIRECTOR = "regional_director", _("Dirbinmas")
    OPERATOR = "operator", _("operator")
    ANALYST = "analyst", _("analyst")
    AUDITOR = "auditor", _("auditor")
    DPO = "dpo", _("data protection officer")
    ADMINISTRATOR = "administrator", _("technical administrator")


FIELD_ROLES = frozenset({Role.RW_OFFICER, Role.VILLAGE_OFFICER})
# whose desk a report reaches first, and where it goes when nobody answers: one level up each time
LADDER = (Role.SECTOR_UNIT_HEAD, Role.SECTOR_CHIEF, Role.RESORT_UNIT_HEAD, Role.RESORT_CHIEF, Role.REGIONAL_DIRECTOR)


def is_nrp(text: str) -> bool:
    """Whether the text is an NRP: 8 digits, the third and fourth a month (Perkap 3/2018)."""
    return bool(NRP.match(text))


def rank_order(rank: str) -> int:
    """The place of a rank, 0 for the lowest; raises ValueError for a rank that does not exist."""
    return RANKS.index(rank)


def holds_on(valid_from: date, valid_until: date | None, on: date) -> bool:
    """Whether a term covers a day; `valid_until` is the first day after it."""
    return valid_from <= on and (valid_until is None or on < valid_until)


# --- who gives which role, and where it can be held -----------------------------------------------------------------------------

# Who reads over the shoulder of command, or keeps the machine, is named by the administrator alone: never from within the chain.
GIVES: dict[str, frozenset[Role]] = {
    Role.SECTOR_UNIT_HEAD: FIELD_ROLES,
    Role.SECTOR_CHIEF: FIELD_ROLES | {Role.SECTOR_UNIT_HEAD},
    Role.RESORT_UNIT_HEAD: FIELD_ROLES | {Role.SECTOR_UNIT_HEAD},
    Role.RESORT_CHIEF: FIELD_ROLES | {Role.SECTOR_UNIT_HEAD, Role.SECTOR_CHIEF, Role.RESORT_UNIT_HEAD},
    Role.REGIONAL_DIRECTOR: FIELD_ROLES | {Role.SECTOR_UNIT_HEAD, Role.RESORT_UNIT_HEAD},
    Role.ADMINISTRATOR: frozenset(Role),
    "system": frozenset(Role),
}
AT: dict[Role, frozenset[UnitKind]] = {
    Role.RW_OFFICER: frozenset({UnitKind.POLSEK, UnitKind.POLRES}),
    Role.VILLAGE_OFFICER: frozenset({UnitKind.POLSEK, UnitKind.POLRES}),
    Role.SECTOR_UNIT_HEAD: frozenset({UnitKind.POLSEK}),
    Role.SECTOR_CHIEF: frozenset({UnitKind.POLSEK}),
    Role.RESORT_UNIT_HEAD: frozenset({UnitKind.POLRES}),
    Role.RESORT_CHIEF: frozenset({UnitKind.POLRES}),
    Role.REGIONAL_DIRECTOR: frozenset({UnitKind.POLDA}),
}


def gives(giver: str, role: str) -> bool:
    """Whether who wears the first role may give the second to someone else."""
    return role in GIVES.get(giver, frozenset())


def fits(role: str, unit_kind: str) -> bool:
    """Whether a unit of this kind has such a role: a Kapolsek stands at a Polsek."""
    return unit_kind in AT.get(Role(role), frozenset(UnitKind))


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two terms share a day; an end is the first day after it."""
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])


# --- the one-time sheet -----------------------------------------------------------------------------------------------------------

SHEET_LIFE = timedelta(days=14)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is mistaken for another, even in a bad light
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
CODE_LENGTH = 16  # 80 bits: nobody guesses it in fourteen days, at any speed


def tidy_code(text: str) -> str:
    """A code as it was printed, however it was typed: small letters, gaps, an O for a zero."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(LOOKALIKES)


def in_fours(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def digest_of(code: str) -> str:
    """What is kept of a code. It is random and long, so a plain digest is enough; a slow one protects words that people choose."""
    return hashlib.sha256(tidy_code(code).encode()).hexdigest()


# --- the second factor ------------------------------------------------------------------------------------------------------------


def needs_second_factor(roles: Collection[str], demanded: str) -> bool:
    """Who must prove more than a password before a page is shown: "all", "command" (and the administrator), or "none"."""
    strict = {*LADDER, Role.ADMINISTRATOR, Role.DPO, Role.AUDITOR}
    return demanded == "all" or (demanded == "command" and any(role in strict for role in roles))
