"""How areas and units are numbered and named; pure, no query in it.

A path is ours: digits of fixed width per level, so that "everything below" is a range of one indexed column. It is never the
official code and never derived from it.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

AREA_WIDTHS = (2, 2, 2, 4, 3)  # province, regency or city, district, village, sub-unit
UNIT_WIDTHS = (1, 2, 2, 3)  # Mabes, Polda, Polres, Polsek
PROVINCE, REGENCY, DISTRICT, VILLAGE, SUBUNIT = 1, 2, 3, 4, 5
LEVELS = {PROVINCE: "province", REGENCY: "regency", DISTRICT: "district", VILLAGE: "village", SUBUNIT: "subunit"}


class AreaKind(TextChoices):
    PROVINCE = "province", _("province")
    REGENCY = "regency", _("regency")
    CITY = "city", _("city")
    DISTRICT = "district", _("district")
    NAGARI = "nagari", _("nagari")
    DESA = "desa", _("village (desa)")
    KELURAHAN = "kelurahan", _("urban village (kelurahan)")
    RW = "rw", _("RW")
    JORONG = "jorong", _("jorong")
    KORONG = "korong", _("korong")
    KAMPUNG = "kampung", _("kampung")
    DUSUN = "dusun", _("dusun")
    LINGKUNGAN = "lingkungan", _("lingkungan")
    BANJAR = "banjar", _("banjar")
    PEDUKUHAN = "pedukuhan", _("pedukuhan")


SUBUNIT_KINDS = (
    AreaKind.RW, AreaKind.JORONG, AreaKind.KORONG, AreaKind.KAMPUNG, AreaKind.DUSUN, AreaKind.LINGKUNGAN, AreaKind.BANJAR,
    AreaKind.PEDUKUHAN,
)  # fmt: skip


class UnitKind(TextChoices):
    MABES = "mabes", _("Mabes (national headquarters)")
    POLDA = "polda", _("Polda (regional police)")
    POLRES = "polres", _("Polres (resort police)")
    POLSEK = "polsek", _("Polsek (sector police)")


UNIT_LEVELS = {UnitKind.MABES: 1, UnitKind.POLDA: 2, UnitKind.POLRES: 3, UnitKind.POLSEK: 4}

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
ZONE_NAMES = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}
# Keppres 41/1987, and the provinces made since: by the first two digits of the official code
WITA_PROVINCES = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT_PROVINCES = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(province_code: str) -> str:
    """The time zone of a province, by its official two-digit code; WIB where nothing else is decreed (Keppres 41/1987)."""
    if province_code in WITA_PROVINCES:
        return WITA
    return WIT if province_code in WIT_PROVINCES else WIB


def level_of(path: str, widths: tuple[int, ...] = AREA_WIDTHS) -> int:
    """The level of a path, 1 for the top; raises ValueError when its length fits no level."""
    length = 0
    for level, width in enumerate(widths, start=1):
        length += width
        if len(path) == length:
            return level
    raise ValueError(f"path {path!r} has {len(path)} digits; {', '.join(map(str, lengths(widths)))} are possible")


def lengths(widths: tuple[int, ...] = AREA_WIDTHS) -> list[int]:
    """The number of digits of a path, per level."""
    return [sum(widths[:level]) for level in range(1, len(widths) + 1)]


def child_path(parent: str, number: int, widths: tuple[int, ...] = AREA_WIDTHS) -> str:
    """The path of the `number`-th child (from 1) below `parent` ("" is the country)."""
    width = widths[level_of(parent, widths) if parent else 0]
    if not 0 < number < 10**width:
        raise ValueError(f"there is no room for child {number} below path {parent!r}: at most {10**width - 1}")
    return f"{parent}{number:0{width}d}"


def ancestors(path: str, widths: tuple[int, ...] = AREA_WIDTHS) -> list[str]:
    """The paths above, from the top, and the path itself."""
    return [path[:length] for length in lengths(widths) if length <= len(path)]
