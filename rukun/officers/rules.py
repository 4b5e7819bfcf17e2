"""Ranks, numbers and terms of those who serve; pure, no query in it."""

import re
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

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
