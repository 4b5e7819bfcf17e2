"""Tables that a unit writes itself, as CSV: its sub-units, and the police units with the areas they cover. All rows or none."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.rules import VILLAGE, AreaKind, NotACode, code_of, in_country
from rukun.territory.services import NotPossible, add_subunit, change_unit, check_name, cover, found

MOST = 20_000  # rows
WORDS = {
    "kind": "kind", "jenis": "kind", "name": "name", "nama": "name", "latitude": "latitude", "lintang": "latitude", "lat": "latitude",
    "longitude": "longitude", "bujur": "longitude", "lon": "longitude", "lng": "longitude", "village": "village", "desa": "village",
    "nagari": "village", "kode_desa": "village", "code": "code", "kode": "code", "parent": "parent", "induk": "parent", "phone": "phone",
    "telepon": "phone", "areas": "areas", "wilayah": "areas", "time_zone": "time_zone",
}  # fmt: skip


class BadTable(ValueError):
    """Rows that can't be taken, each with its line and a sentence."""

    def __init__(self, wrong: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(wrong)} rows")
        self.wrong = wrong

    def sentences(self) -> list[str]:
        return [_("Line %(line)s: %(why)s") % {"line": line, "why": why} for line, why in self.wrong]


@dataclass(slots=True)
class Done:
    founded: int = 0
    changed: int = 0
    covered: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable([(1, _("The file isn't UTF-8 text. Save it as “CSV UTF-8” and try again."))]) from None


def lines(text: str, needed: set[str]) -> list[Line]:
    """The rows by our names of their columns; also from a spreadsheet that writes semicolons."""
    first = text.lstrip("\n\r").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    read: list[Line] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [WORDS.get(cell.strip().lower(), "") for cell in cells]
                if missing := needed - set(header):
                    raise BadTable([(reader.line_num, _("The header lacks %s.") % ", ".join(sorted(missing)))])
                continue
            if len(cells) > len(header):
                raise BadTable([(reader.line_num, _("The row has more fields than the header."))])
            read.append(Line(reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}))
    except csv.Error:
        raise BadTable([(reader.line_num, _("The row is no CSV. Check its quotes."))]) from None
    if not read:
        raise BadTable([(1, _("There is no row in it."))])
    if len(read) > MOST:
        raise BadTable([(MOST, _("There are more than %s rows.") % MOST)])
    return read


def each(rows: list[Line], enter: Callable[[Line], None]) -> None:
    """Every row in one transaction; goes through all of them, so that all that is wrong is said at once."""
    wrong: list[tuple[int, str]] = []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    enter(row)
            except NotPossible as why:
                wrong.append((row.number, str(why)))
        if wrong:
            raise BadTable(wrong)


def enter_subunits(actor: Actor, text: str, on: date, village: Area | None = None) -> Done:
    """Header: kind,name and optionally latitude,longitude; with a column `village` (its code) where no village is given."""
    rows, done = lines(text, {"kind", "name"} | (set() if village else {"village"})), Done()

    def enter(row: Line) -> None:
        home = village or village_of(row)
        kind = row["kind"].lower()
        if Area.objects.filter(parent=home, kind=kind, name__iexact=" ".join(row["name"].split()), valid_until=None).exists():
            done.same += 1
            return
        longitude, latitude = point(row)
        add_subunit(actor, home, name=row["name"], kind=kind, latitude=latitude, longitude=longitude)
        done.founded += 1

    each(rows, enter)
    return done


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of a table as it would be entered."""

    kind: str
    name: str
    known: bool


def look_at_subunits(text: str, village: Area) -> list[Seen]:
    """What a table would add to a village, without adding it; raises BadTable with all that is wrong."""
    seen: dict[tuple[str, str], Seen] = {}
    wrong: list[tuple[int, str]] = []
    for row in lines(text, {"kind", "name"}):
        kind, name = row["kind"].lower(), " ".join(row["name"].split())
        key = kind, name.lower()
        try:
            point(row)
            if key in seen:
                continue
            known = Area.objects.filter(parent=village, kind=kind, name__iexact=name, valid_until=None).exists()
            if not known:
                check_name(village, name, kind)
            seen[key] = Seen(str(AreaKind(kind).label), name, known)
        except NotPossible as why:
            wrong.append((row.number, str(why)))
    if wrong:
        raise BadTable(wrong)
    return list(seen.values())


def village_of(row: Line) -> Area:
    area = area_of(row["village"])
    if area.level != VILLAGE:
        raise NotPossible(_("%s is no village.") % area.name)
    return area


def area_of(code: str) -> Area:
    try:
        return Area.objects.get(code=code_of(code), valid_until=None)
    except (NotACode, Area.DoesNotExist):
        raise NotPossible(_("There is no area with the code %s.") % (code or "?")) from None


def point(row: Line) -> tuple[float | None, float | None]:
    if not row["latitude"] and not row["longitude"]:
        return None, None
    try:
        longitude, latitude = float(row["longitude"].replace(",", ".")), float(row["latitude"].replace(",", "."))
    except ValueError:
        raise NotPossible(_("Latitude and longitude are numbers, such as -0.4712 and 100.3521.")) from None
    if not in_country(longitude, latitude):
        raise NotPossible(_("This point is not in Indonesia. Are latitude and longitude the wrong way round?"))
    return longitude, latitude


def enter_units(actor: Actor, text: str, on: date) -> Done:
    """Header: code,name,kind,parent and optionally phone,areas (codes with spaces between), time_zone; commanding units first."""
    done = Done()

    def enter(row: Line) -> None:
        unit = Unit.objects.filter(code=row["code"]).first()
        before = (done.founded, done.changed, done.covered)
        if unit is None:
            above = Unit.objects.filter(code=row["parent"]).first() if row["parent"] else None
            if row["parent"] and above is None:
                raise NotPossible(_("There is no unit with the code %s; commanding units come first.") % row["parent"])
            if not row["code"] or not row["name"]:
                raise NotPossible(_("A unit needs a code and a name."))
            more = {"phone": row["phone"], "time_zone": row["time_zone"]}
            unit = found(actor, above, code=row["code"], name=row["name"], kind=row["kind"].lower(), **more)
            done.founded += 1
        elif change_unit(actor, unit, name=row["name"] or unit.name, phone=row["phone"] or unit.phone, closed_on=unit.closed_on):
            done.changed += 1
        for code in row["areas"].split():
            area = area_of(code)
            if not Jurisdiction.objects.filter(unit=unit, area=area, valid_until=None).exists():
                cover(actor, unit, area=area, valid_from=on)
                done.covered += 1
        if before == (done.founded, done.changed, done.covered):
            done.same += 1

    each(lines(text, {"code", "name", "kind", "parent"}), enter)
    return done
