"""How areas and units are numbered and named; pure, no query in it.

A path is ours: digits of fixed width per level, so that "everything below" is a range of one indexed column. It is never the
official code and never derived from it.
"""

import math
import re
from itertools import pairwise

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


class PublicKind(TextChoices):
    """Places where people meet. Homes are not among them, and never will be."""

    MARKET = "market", _("Market")
    WORSHIP = "worship", _("Place of worship")
    SCHOOL = "school", _("School")
    CROSSROADS = "crossroads", _("Crossroads or bridge")
    WATCH_POST = "watch_post", _("Neighbourhood watch post")
    LAPAU = "lapau", _("Lapau or coffee stall")
    OFFICE = "office", _("Nagari or village office")
    TRANSPORT = "transport", _("Terminal or ojek stand")
    FIELD = "field", _("Field or hall")
    OTHER = "other", _("Another public place")


HOME = re.compile(r"\b(rumah|kediaman|kontrakan|kos|kost|indekos|kamar)\b", re.IGNORECASE)
NO_HOME = re.compile(r"\brumah (makan|sakit|gadang|gadung|ibadah|potong|singgah|dinas|adat|pintar|baca|produksi|susun)\b", re.IGNORECASE)


def is_home(name: str) -> bool:
    """Whether a name tells of somebody's home ("rumah Pak …", "kos …"), which is on no list; "rumah makan" is none."""
    return bool(HOME.search(NO_HOME.sub("", name)))


class UnitKind(TextChoices):
    MABES = "mabes", _("Mabes (national headquarters)")
    POLDA = "polda", _("Polda (regional police)")
    POLRES = "polres", _("Polres (resort police)")
    POLSEK = "polsek", _("Polsek (sector police)")


UNIT_LEVELS = {UnitKind.MABES: 1, UnitKind.POLDA: 2, UnitKind.POLRES: 3, UnitKind.POLSEK: 4}


def kind_below(kind: str) -> UnitKind | None:
    """What stands under a unit of this kind: under a Polda a Polres; under a Polsek nothing."""
    level = UNIT_LEVELS[UnitKind(kind)]
    return next((below for below, at in UNIT_LEVELS.items() if at == level + 1), None)


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


# --- official codes: they say which area a row speaks of and which one lies above it, never where it stands in our tree ------------

CODE = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", re.ASCII)
UNDOTTED = {2: (2,), 4: (2, 4), 6: (2, 4, 6), 10: (2, 4, 6, 10)}
WEST_SUMATRA, MENTAWAI = "13", "13.09"  # nagari in West Sumatra's regencies, except on Mentawai, which has desa
KELURAHAN_SERIES = "1"  # fourth level 1xxx: kelurahan; 2xxx: desa or nagari; 3xxx: customary desa


class NotACode(ValueError):
    """This text is no code of an area."""


def code_of(text: str) -> str:
    """The code as the ministry writes it, 13.06.05.2001; also from 1306052001, and from 11.1, which a spreadsheet made of 11.10."""
    text = text.strip()
    if CODE.fullmatch(text):
        return text
    if re.fullmatch(r"\d{2}\.\d", text, re.ASCII):
        return text[:2] if text.endswith(".0") else f"{text}0"
    if text.isascii() and text.isdigit() and len(text) in UNDOTTED:
        cuts = (0, *UNDOTTED[len(text)])
        return ".".join(text[start:end] for start, end in pairwise(cuts))
    raise NotACode(text)


def level_of_code(code: str) -> int:
    return code.count(".") + 1


def parent_code(code: str) -> str:
    """The code of what lies above, "" for a province."""
    return code.rpartition(".")[0]


def kind_of(code: str, name: str, above: str = "") -> AreaKind:
    """What an area of this code and name is; `above` is the kind of the regency or city in which a village lies."""
    level = level_of_code(code)
    if level == PROVINCE:
        return AreaKind.PROVINCE
    if level == REGENCY:
        return AreaKind.CITY if name.startswith("Kota ") else AreaKind.REGENCY
    if level == DISTRICT:
        return AreaKind.DISTRICT
    if code[9] == KELURAHAN_SERIES:
        return AreaKind.KELURAHAN
    nagari = code.startswith(WEST_SUMATRA) and not code.startswith(MENTAWAI) and above == AreaKind.REGENCY
    return AreaKind.NAGARI if nagari else AreaKind.DESA


def name_of(name: str) -> str:
    """A name as people say it: "Agam" for the regency, "Kota Solok" for the city beside the regency of Solok."""
    name = " ".join(name.split())
    return name.removeprefix("Kabupaten ").removeprefix("Administrasi ")


# --- where a point can be ----------------------------------------------------------------------------------------------------------

LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)  # the country with its waters, generously
GRAIN = 5  # decimals of a degree that are kept: one metre


def in_country(longitude: float, latitude: float) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def kilometres(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """Along the ground; so near the equator, and so near to each other, a flat map is right to a few metres."""
    east = math.radians(other_longitude - longitude) * math.cos(math.radians((latitude + other_latitude) / 2))
    return 6371.0088 * math.hypot(east, math.radians(other_latitude - latitude))


def number_below(path: str, parent: str) -> int:
    """Which child of its parent a path is."""
    return int(path[len(parent) :])
