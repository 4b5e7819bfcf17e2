"""Tables that a unit writes itself, as CSV: its sub-units, and the police units with the areas they cover. All rows or none."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.lib.table import FORMULA, BadRow, OnBad, Place, Row, Table, need, table_of
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.named import area_of, several
from rukun.territory.rules import UNIT_LEVELS, VILLAGE, ZONE_NAMES, in_country
from rukun.territory.services import NotPossible, add_subunit, change_unit, cover, found

MOST = 20_000  # rows
UNIT_COLUMNS = {
    "code": "kode", "name": "nama", "kind": "jenis", "parent": "induk", "phone": "telepon", "areas": "wilayah", "time_zone": "zona_waktu",
}  # fmt: skip
SUBUNIT_COLUMNS = {"village": "desa", "kind": "jenis", "name": "nama", "latitude": "lintang", "longitude": "bujur"}
MORE = {"nagari": "village", "kelurahan": "village", "kode_desa": "village", "lat": "latitude", "lon": "longitude", "lng": "longitude"}
WORDS = MORE | {theirs: ours for columns in (UNIT_COLUMNS, SUBUNIT_COLUMNS) for ours, theirs in columns.items()}


class BadTable(ValueError):
    """Rows that can't be taken, each with its line and a sentence."""

    def __init__(self, wrong: list[BadRow]) -> None:
        super().__init__(f"{len(wrong)} rows")
        self.wrong = wrong

    def sentences(self) -> list[str]:
        return [
            _("Line %(line)s: %(why)s. %(remedy)s") % {"line": bad.place.line, "why": bad.why, "remedy": bad.remedy} for bad in self.wrong
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """What a row adds or changes, in a sentence."""

    line: int
    thing: str
    what: str


@dataclass(slots=True)
class Done:
    """What came of a table."""

    founded: int = 0
    changed: int = 0
    covered: int = 0
    same: int = 0
    changes: list[Change] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # columns that nobody reads

    def tell(self, row: Row, thing: str, what: str) -> None:
        self.changes.append(Change(row.place.line, thing, what))


class Rehearsed(Exception):
    """It was a rehearsal: what was written is taken back."""


def named(cell: str) -> str:
    """A column as we call it; one that we don't know keeps its name."""
    name = "_".join(cell.lower().split())
    return WORDS.get(name, name)


def in_memory(data: bytes | str, name: str = "table.csv", named: Callable[[str], str] = named) -> Table:
    """A table that came with a page; raises BadTable where it is none."""
    try:
        return table_of(name, io.BytesIO(data if isinstance(data, bytes) else data.encode()), named)
    except BadRow as bad:
        raise BadTable([bad]) from None


def rows_of(table: Table, needed: set[str], on_bad: OnBad) -> list[Row]:
    need(table, needed)
    rows = []
    for row in table.rows(on_bad):
        if formula := next((cell for cell in row.cells.values() if FORMULA.match(cell)), ""):
            on_bad(BadRow(row.place, _("“%s” is a formula") % formula[:40], _("Write the value instead"), cells=row.cells))
            continue
        rows.append(row)
        if len(rows) > MOST:
            raise BadRow(row.place, _("there are more than %s rows") % f"{MOST:,}", _("Split the file"))
    return rows


def enter_rows(table: Table, needed: set[str], enter: Callable[[Row], None], *, on_bad: OnBad | None = None, rehearsal: bool = False,
               order: Callable[[Row], int] | None = None) -> None:  # fmt: skip
    """Every row, all of them or none, or, with `on_bad`, the good ones; goes through all, so that all that is wrong is said at once."""
    wrong: list[BadRow] = []
    aside = on_bad or wrong.append
    try:
        with transaction.atomic():
            rows = rows_of(table, needed, aside)
            if not rows and not wrong:
                raise BadTable([BadRow(Place(table.name, 1), _("there is no row in it"), _("Export the table again"))])
            for row in sorted(rows, key=order) if order else rows:
                try:
                    with transaction.atomic():
                        enter(row)
                except NotPossible as why:
                    aside(bad_row(row, why))
            if wrong:
                raise BadTable(sorted(wrong, key=lambda bad: bad.place.line))
            if rehearsal:
                raise Rehearsed
    except Rehearsed:
        pass
    except BadRow as bad:
        raise BadTable([bad]) from None


def bad_row(row: Row, why: Exception) -> BadRow:
    """A refusal says what is wrong, then what to do."""
    sentence, _stop, remedy = str(why).strip().partition(". ")
    return BadRow(row.place, sentence.rstrip("."), remedy or _("Mend the row"), cells=row.cells)


# --- what lies below villages ------------------------------------------------------------------------------------------------------


def enter_subunits(
    actor: Actor, table: Table, on: date, village: Area | None = None, *, on_bad: OnBad | None = None, rehearsal: bool = False
) -> Done:
    """Columns kind, name and optionally latitude, longitude; with `village` (code or name) where no village is given."""
    done = Done(unused=unused(table, SUBUNIT_COLUMNS))

    def enter(row: Row) -> None:
        home = village or village_of(row, actor.roots)
        kind, name = row["kind"].lower(), " ".join(row["name"].split())
        if Area.objects.filter(parent=home, kind=kind, name__iexact=name, valid_until=None).exists():
            done.same += 1
            return
        longitude, latitude = point(row)
        made = add_subunit(actor, home, name=name, kind=kind, latitude=latitude, longitude=longitude)
        done.founded += 1
        done.tell(row, made.name, _("new %(kind)s of %(village)s") % {"kind": made.get_kind_display(), "village": home.name})

    needed = {"kind", "name"} | (set() if village else {"village"})
    enter_rows(table, needed, enter, on_bad=on_bad, rehearsal=rehearsal)
    return done


def unused(table: Table, columns: Iterable[str]) -> list[str]:
    return [name for name in table.header if name and name not in set(columns)]


def village_of(row: Row, roots: tuple[str, ...]) -> Area:
    area = area_of(row["village"], roots)
    if area.level != VILLAGE:
        raise NotPossible(_("%s is no village.") % area.name)
    return area


def point(row: Row) -> tuple[float | None, float | None]:
    if not row["latitude"] and not row["longitude"]:
        return None, None
    try:
        longitude, latitude = float(row["longitude"].replace(",", ".")), float(row["latitude"].replace(",", "."))
    except ValueError:
        raise NotPossible(_("Latitude and longitude are numbers, such as -0.4712 and 100.3521.")) from None
    if not in_country(longitude, latitude):
        raise NotPossible(_("This point is not in Indonesia. Are latitude and longitude the wrong way round?"))
    return longitude, latitude


# --- units and what they answer for ------------------------------------------------------------------------------------------------


def enter_units(actor: Actor, table: Table, on: date, *, on_bad: OnBad | None = None, rehearsal: bool = False) -> Done:
    """Columns code, name, kind, parent and optionally phone, areas, time_zone; commanding units are entered first, wherever they stand."""
    done = Done(unused=unused(table, UNIT_COLUMNS))
    zones = {zone: zone for zone in ZONE_NAMES} | {name: zone for zone, name in ZONE_NAMES.items()}

    def enter(row: Row) -> None:
        before = len(done.changes)
        zone = zones.get(row["time_zone"] if "/" in row["time_zone"] else row["time_zone"].upper(), "")
        if row["time_zone"] and not zone:
            raise NotPossible(_("“%s” is no time zone. Write WIB, WITA or WIT.") % row["time_zone"])
        unit = enter_unit(actor, row, zone, done)
        for area in areas_of(row["areas"], unit, on):
            if not Jurisdiction.objects.filter(unit=unit, area=area, valid_until=None).exists():
                cover(actor, unit, area=area, valid_from=on)
                done.covered += 1
                done.tell(row, unit.name, _("answers for %s now") % area.name)
        done.same += before == len(done.changes)

    order = {str(kind): level for kind, level in UNIT_LEVELS.items()}
    enter_rows(
        table,
        {"code", "name", "kind", "parent"},
        enter,
        on_bad=on_bad,
        rehearsal=rehearsal,
        order=lambda row: order.get(row["kind"].lower(), 9),
    )
    return done


def enter_unit(actor: Actor, row: Row, zone: str, done: Done) -> Unit:
    if not row["code"] or not row["name"]:
        raise NotPossible(_("A unit needs a code and a name."))
    above = unit_of(row["parent"]) if row["parent"] else None
    unit = Unit.objects.filter(code__iexact=row["code"]).first()
    if unit is None:
        unit = found(actor, above, code=row["code"], name=row["name"], kind=row["kind"].lower(), phone=row["phone"], time_zone=zone)
        done.founded += 1
        done.tell(row, unit.name, _("new, under %s") % above.name if above else _("new"))
        return unit
    if (above and unit.parent_id != above.pk) or (row["kind"] and unit.kind != row["kind"].lower()):
        stands = f"{unit.get_kind_display()}, {unit.parent or ''}".rstrip(", ")
        raise NotPossible(
            _("%(unit)s is known as %(stands)s, and a unit does not move. Close it on its page and found another.")
            % {"unit": unit.name, "stands": stands}
        )
    old = {"name": unit.name, "phone": unit.phone}
    if change_unit(actor, unit, name=row["name"], phone=row["phone"] or unit.phone, closed_on=unit.closed_on):
        done.changed += 1
        for word, was, now in ((_("name"), old["name"], unit.name), (_("telephone"), old["phone"], unit.phone)):
            if was != now:
                done.tell(row, unit.name, changed(word, was, now))
    return unit


def changed(word: str, was: str, now: str) -> str:
    return _("%(word)s: “%(was)s” becomes “%(now)s”") % {"word": word, "was": was, "now": now}


def unit_of(text: str) -> Unit:
    """A unit by its code, or by its name where it is the only one called so."""
    known = Unit.objects.filter(code__iexact=text).first()
    if known:
        return known
    called = list(Unit.objects.serving().filter(name__iexact=text)[:2])
    if len(called) == 1:
        return called[0]
    if called:
        raise NotPossible(_("Several units are called “%s”. Write the code.") % text)
    raise NotPossible(_("There is no unit with the code %s. Add its row, or correct the code.") % (text or "?"))


def areas_of(text: str, unit: Unit, on: date) -> list[Area]:
    """Codes, or names within what the commanding unit covers."""
    if not text:
        return []
    covered = Area.objects.covered_by(unit.parent, on).values_list("path", flat=True) if unit.parent else ()
    return [area_of(each, tuple(covered) or ("",)) for each in several(text)]
