"""A row of somebody else's table becomes a fact that we can keep, or is set aside with a reason and what to do about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from rukun import guard
from rukun.access.scope import Actor
from rukun.fieldwork.rules import Severity, Stage
from rukun.history.mapping import Mapping, tidy
from rukun.history.places import Gazetteer, Nowhere, Standing
from rukun.history.rules import EARLIEST_YEAR, Reason, keeps_points, keeps_text, precision_of
from rukun.lib import clock
from rukun.lib.days import NotADay, NotATime, day_of, time_of
from rukun.lib.table import FORMULA, BadRow, OnBad, Row, Table
from rukun.territory.models import Area

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row says, in our words."""

    reference: str
    standing: Standing
    happened_on: date
    happened_time: time | None
    code: str
    stage: str
    severity: int | None
    text: str


class Unusable(ValueError):
    """A row can't be kept: why, and what to do."""

    def __init__(self, kind: Reason, why: str, remedy: str) -> None:
        super().__init__(why)
        self.kind, self.why, self.remedy = kind, why, remedy


@dataclass(slots=True)
class Reader:
    """Reads rows as a mapping says, row by row, and forgets them again."""

    actor: Actor
    mapping: Mapping
    channel: str
    codes: frozenset[str]
    read: int = 0
    coarser: int = 0
    guarded: int = 0
    places: Gazetteer = field(init=False)
    lines: dict[bytes, int] = field(default_factory=dict)  # of each reference, the line where it stood first; as a digest
    alike: Counter[bytes] = field(default_factory=Counter)  # rows without a reference, told apart by their number
    days: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = Gazetteer(self.actor)

    def facts(self, table: Table, on_bad: OnBad) -> Iterator[Fact]:
        used = self.mapping.used()

        def aside(bad: BadRow) -> None:
            self.read += 1
            # of a police report nothing is kept aside but what is read: the rest of a row names people
            on_bad(bad if keeps_text(self.channel) else BadRow(bad.place, bad.why, bad.remedy))

        for row in table.rows(aside):
            self.read += 1
            try:
                yield self.fact(row)
            except Unusable as why:
                shown = row.cells if keeps_text(self.channel) else {name: cell for name, cell in row.cells.items() if name in used}
                on_bad(BadRow(row.place, why.why, why.remedy, cells=shown, kind=why.kind))

    def fact(self, row: Row) -> Fact:
        for name in self.mapping.used():
            if FORMULA.match(row[name]):
                raise Unusable(Reason.FORMULA, _("“%s” is a formula") % row[name][:40], _("Write the value instead"))
        for rule in self.mapping.set_aside:
            if rule.holds(row.cells):
                raise Unusable(Reason.LEFT_OUT, rule.give, _("Left out on purpose"))
        standing = self.standing(row)
        happened_on = self.day(row, standing.area)
        code = self.code(row)
        fact = Fact(
            self.reference(row), standing, happened_on, self.time(row), code, self.stage(row), self.severity(row),
            self.text(row),
        )  # fmt: skip
        self.coarser += standing.coarser
        return fact

    def cell(self, row: Row, part: str) -> str:
        """The first of the columns of a part that is filled."""
        return next((row[name] for name in self.mapping.columns.get(part, ()) if row[name]), "")

    def text(self, row: Row) -> str:
        """What may be kept of it: identities replaced, and without what is said of persons as a subject."""
        told = self.cell(row, "text")[:LONGEST_TEXT] if keeps_text(self.channel) else ""
        kept = guard.read(told).offered if told else ""
        self.guarded += kept != told
        return kept

    def reference(self, row: Row) -> str:
        """The source's own number; without one, a digest of what is read, numbered where two rows are alike."""
        columns = self.mapping.columns.get("reference", ())
        if columns:
            if not row[columns[0]]:
                raise Unusable(Reason.REFERENCE, _("the row has no reference"), _("Give it the number that the source gives it"))
            reference = "/".join(row[name] for name in columns)
            if len(reference) > 100:
                reference = f"{reference[:60]}…{blake2b(reference.encode(), digest_size=16).hexdigest()}"
            first = self.lines.setdefault(short(reference), row.place.line)
            if first != row.place.line:
                raise Unusable(
                    Reason.REFERENCE,
                    _("the reference %(reference)s stands in line %(line)s already") % {"reference": reference, "line": first},
                    _("Keep one of the two, or name more columns as the reference"),
                )
            return reference
        told = short("\x1f".join(row[name] for name in sorted(self.mapping.used())))
        self.alike[told] += 1
        return f"{told.hex()}-{self.alike[told]}"

    def standing(self, row: Row) -> Standing:
        columns, point = self.mapping.columns, (self.cell(row, "longitude"), self.cell(row, "latitude"))
        try:
            named = self.places.by_names([row[name] for name in columns["area_names"]]) if "area_names" in columns else None
            named = named or self.places.by_any([row[name] for name in columns.get("area", ())])
            placed = self.places.by_point(*point) if any(point) else None
        except Nowhere as nowhere:
            raise Unusable(Reason.PLACE, nowhere.why, nowhere.remedy) from None
        standing = placed if placed and (named is None or placed.area.path.startswith(named.area.path)) else named
        if standing is None:
            raise Unusable(Reason.PLACE, _("the row names no place"), _("Fill in the area, or the point"))
        if not self.places.reaches(standing.area):
            raise Unusable(
                Reason.REACH, _("%s lies outside of where you may bring in history") % standing.area.name, _("Have it brought in for there")
            )
        if standing.latitude is not None and not keeps_points(self.channel):
            return Standing(standing.area, precision_of(standing.area.level), coarser=standing.coarser)
        return standing

    def day(self, row: Row, area: Area) -> date:
        text = self.cell(row, "date")
        if not text:
            raise Unusable(Reason.DAY, _("the row names no day"), _("Fill in the date"))
        try:
            happened_on = day_of(text, self.mapping.formats)
        except NotADay as why:
            raise Unusable(Reason.DAY, str(why), _("Write it as 2021-05-12, or name its form under [dates] in the mapping")) from None
        if happened_on > self.today(area.time_zone):
            raise Unusable(Reason.DAY, _("%s lies in the future") % happened_on.isoformat(), _("Correct the date"))
        if happened_on.year < EARLIEST_YEAR:
            raise Unusable(
                Reason.DAY, _("%s lies before all records") % happened_on.isoformat(), _("Correct the date; four digits of the year")
            )
        return happened_on

    def today(self, zone: str) -> date:
        if zone not in self.days:
            self.days[zone] = clock.now().astimezone(ZoneInfo(zone)).date()
        return self.days[zone]

    def time(self, row: Row) -> time | None:
        try:
            return time_of(self.cell(row, "time"))
        except NotATime as why:
            raise Unusable(Reason.DAY, str(why), _("Write it as 18:30, or leave it empty")) from None

    def meant(self, row: Row, part: str) -> str:
        """What values and rules make of a row; what no value knows is itself."""
        text = self.cell(row, part)
        if text:
            return self.mapping.values.get(part, {}).get(tidy(text), text)
        return next((rule.give for rule in self.mapping.rules.get(part, ()) if rule.holds(row.cells)), "")

    def code(self, row: Row) -> str:
        code = self.meant(row, "code").strip()
        if not code:
            read = [row[name] for rule in self.mapping.rules.get("code", ()) for name in (each.column for each in rule.when)]
            told = ", ".join(dict.fromkeys(cell for cell in read if cell))
            raise Unusable(Reason.KIND, _("no rule gives a kind for: %s") % (told[:120] or "—"), _("Add a rule or a value to the mapping"))
        if code.upper() not in self.codes:
            raise Unusable(
                Reason.KIND, _("“%s” is no kind that we know") % code[:40], _("Map it to one of the 52 codes under [values.code]")
            )
        return code.upper()

    def stage(self, row: Row) -> str:
        stage = self.meant(row, "stage").strip().upper()
        if stage and stage not in Stage.values:
            raise Unusable(Reason.VALUE, _("“%s” is no stage") % stage[:20], _("Map it to PG, AG or GN under [values.stage]"))
        return stage

    def severity(self, row: Row) -> int | None:
        severity = self.meant(row, "severity").strip()
        if not severity:
            return None
        if not severity.isdigit() or int(severity) not in Severity.values:
            raise Unusable(Reason.VALUE, _("“%s” is no severity") % severity[:20], _("Map it to 1 up to 5 under [values.severity]"))
        return int(severity)


def short(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()
