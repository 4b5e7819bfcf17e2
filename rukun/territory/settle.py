"""Compares what was gathered with what is known, and writes the difference; areas never change their path."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from rukun.territory.gather import Harvest
from rukun.territory.models import Area, Jurisdiction, Outline
from rukun.territory.rules import (
    GRAIN,
    LEVELS,
    REGENCY,
    child_path,
    kind_of,
    level_of_code,
    name_of,
    number_below,
    parent_code,
    zone_of,
)
from rukun.territory.shapes import Drawn, draw
from rukun.territory.sources import BadRow, Named
from rukun.territory.sources.rows import OnBad

CHUNK = 2000
FIELDS = ("name", "kind", "latitude", "longitude", "population", "area_km2", "time_zone")


@dataclass(slots=True)
class Plan:
    """What is to be written."""

    new: dict[int, list[Area]] = field(default_factory=lambda: defaultdict(list))
    changed: list[Area] = field(default_factory=list)
    moved: list[tuple[Area, Area]] = field(default_factory=list)  # the row that ends, the row that succeeds it
    ended: list[Area] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    missing: list[Area] = field(default_factory=list)  # known, but no longer in the code list
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    areas: dict[str, Area] = field(default_factory=dict)  # by code, as they will be

    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.moved or self.ended or self.drawn)

    def count(self, area: Area, what: str) -> None:
        self.counts[LEVELS[area.level]][what] += 1

    def as_counts(self) -> dict[str, dict[str, int]]:
        return {level: dict(sorted(counts.items())) for level, counts in self.counts.items()}

    def mended(self) -> list[str]:
        return [f"{drawn.code} {self.areas[drawn.code].name}: {drawn.mended}" for drawn in self.drawn if drawn.mended]


@dataclass(slots=True)
class Surveyor:
    """Finds out, area by area, what is new and what has changed."""

    harvest: Harvest
    on: date
    on_bad: OnBad
    plan: Plan = field(default_factory=Plan)
    known: dict[str, Area] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)  # the highest number ever given below a path
    touched: set[str] = field(default_factory=set)

    def survey(self, *, end_missing: bool) -> Plan:
        codes = self.harvest.codes()
        self.known = {area.code: area for area in known(codes)}
        self.plan.areas = dict(self.known)
        self.last = last_numbers(codes)
        had_children = {parent_code(code) for code in self.known}
        for row in self.harvest.in_order():
            self.place(row, had_children)
        self.say_more()
        self.follow_the_moved()
        self.look_for_missing(end_missing)
        self.draw()
        for code in self.known.keys() & self.harvest.codes() - self.touched:
            self.plan.count(self.known[code], "unchanged")
        return self.plan

    def place(self, row: Named, had_children: set[str]) -> None:
        """An area of the code list, under what lies above it."""
        area, level = self.known.get(row.code), level_of_code(row.code)
        above = self.plan.areas.get(row.parent or parent_code(row.code)) if level > 1 else None
        if level > 1 and (above is None or above.level != level - 1) and (area is None or row.parent):
            why = f"{row.code} lies in {row.parent or parent_code(row.code)}, which no code list names"
            self.on_bad(BadRow(row.place, why, "Add the row of what lies above, or import the whole code list", f"{row.code},{row.name}"))
            self.harvest.drop(row.code)
            return
        if area is None:
            fresh = self.fresh(row, above, since=self.on if parent_code(row.code) in had_children and above else None)
            self.plan.count(fresh, "new")
        elif row.parent and above is not None and area.parent_id != above.pk:
            fresh = self.fresh(row, above, since=self.on)
            self.copy_figures(area, fresh)
            self.plan.moved.append((area, fresh))
            self.touched.add(row.code)
            self.plan.count(fresh, "moved")
        else:
            self.set(area, name=name_of(row.name), kind=row.kind or self.kind(row), time_zone=zone_of(row.code[:2]))

    def fresh(self, row: Named, above: Area | None, since: date | None) -> Area:
        path = self.next_path(above.path if above else "")
        area = Area(
            code=row.code, name=name_of(row.name), kind=row.kind or self.kind(row), level=level_of_code(row.code), path=path, parent=above,
            time_zone=zone_of(row.code[:2]), valid_from=since,
        )  # fmt: skip
        self.plan.new[area.level].append(area)
        self.plan.areas[row.code] = area
        return area

    def kind(self, row: Named) -> str:
        regency = self.plan.areas.get(row.code[:5])
        return kind_of(row.code, " ".join(row.name.split()), regency.kind if regency and level_of_code(row.code) > REGENCY else "")

    def next_path(self, parent: str) -> str:
        self.last[parent] = self.last.get(parent, 0) + 1
        return child_path(parent, self.last[parent])

    def copy_figures(self, old: Area, new: Area) -> None:
        for name in ("latitude", "longitude", "population", "area_km2"):
            setattr(new, name, getattr(old, name))

    def say_more(self) -> None:
        """Figures and middles, each for an area that is known or was just named."""
        shelves: tuple[dict[str, Any], ...] = (self.harvest.measured, self.harvest.counted, self.harvest.placed, self.harvest.outlined)
        for shelf in shelves:
            for code, row in list(shelf.items()):
                if code not in self.plan.areas:
                    why = f"{code} is in no code list"
                    self.on_bad(BadRow(row.place, why, "Import the code list (wilayah.sql) first or with it, or take the row out", code))
                    del shelf[code]
        for code, size in self.harvest.measured.items():
            self.set(self.plan.areas[code], area_km2=size.km2)
        for code, count in self.harvest.counted.items():
            self.set(self.plan.areas[code], population=count.people)
        for code, point in self.harvest.placed.items():
            self.set(self.plan.areas[code], longitude=round(point.longitude, GRAIN), latitude=round(point.latitude, GRAIN))

    def set(self, area: Area, **fields: object) -> None:
        differing = {name: value for name, value in fields.items() if getattr(area, name) != value}
        for name, value in differing.items():
            setattr(area, name, value)
        if differing and area.pk is not None and area.code not in self.touched:
            self.touched.add(area.code)
            self.plan.changed.append(area)
            self.plan.count(area, "changed")

    def follow_the_moved(self) -> None:
        """What lies below an area that got a new row gets new rows as well, its sub-units included."""
        done = {old.pk for old, _ in self.plan.moved}
        queue = list(self.plan.moved)
        while queue:
            old, new = queue.pop()
            for child in Area.objects.filter(parent=old, valid_until=None).exclude(pk__in=done).order_by("path"):
                child = self.known.get(child.code, child)  # with what is new about it
                path = self.next_path(new.path)
                fresh = Area(
                    code=child.code, name=child.name, kind=child.kind, level=child.level, path=path, parent=new, time_zone=new.time_zone,
                    valid_from=self.on,
                )  # fmt: skip
                self.copy_figures(child, fresh)
                self.plan.new[fresh.level].append(fresh)
                self.plan.moved.append((child, fresh))
                self.plan.count(fresh, "moved")
                if child.code:
                    self.plan.areas[child.code] = fresh
                    self.touched.add(child.code)
                done.add(child.pk)
                queue.append((child, fresh))

    def look_for_missing(self, end: bool) -> None:
        """Known areas of a province whose whole code list was read, and which are not in it."""
        listed = {code for code in self.harvest.named if level_of_code(code) == 1}
        self.plan.missing = [
            area for code, area in self.known.items() if code[:2] in listed and code not in self.harvest.named and code not in self.touched
        ]
        if end:
            for area in self.plan.missing:
                self.plan.ended.append(area)
                self.touched.add(area.code)
                self.plan.count(area, "ended")

    def draw(self) -> None:
        same = dict(Outline.objects.filter(area__valid_until=None).exclude(area__code="").values_list("area__code", "digest"))
        moved = {new.code for _, new in self.plan.moved}
        rows = [row for code, row in self.harvest.outlined.items() if same.get(code) != row.digest or code in moved]
        self.plan.drawn = draw(rows, self.on_bad)
        counts = self.plan.counts["outline"]
        counts["changed"] = sum(drawn.code in same for drawn in self.plan.drawn)
        counts["new"] = len(self.plan.drawn) - counts["changed"]
        counts["unchanged"] = len(self.harvest.outlined) - len(rows)


def survey(harvest: Harvest, on: date, on_bad: OnBad, *, end_missing: bool = False) -> Plan:
    return Surveyor(harvest, on, on_bad).survey(end_missing=end_missing)


def known(codes: Iterable[str]) -> Iterable[Area]:
    return Area.objects.filter(in_provinces(codes), valid_until=None).exclude(code="")


def in_provinces(codes: Iterable[str]) -> Q:
    provinces = {code[:2] for code in codes}
    if len(provinces) > 5:
        return Q()
    chosen = Q(pk__in=[])
    for province in provinces:
        chosen |= Q(code__gte=province, code__lt=province + "z")
    return chosen


def last_numbers(codes: Iterable[str]) -> dict[str, int]:
    """The highest number ever given below each path, ended areas included: a path is never given twice."""
    last: dict[str, int] = {}
    roots = Area.objects.filter(in_provinces(codes)).values_list("path", flat=True)
    tops = {path[:2] for path in roots}
    for path, parent in Area.objects.values_list("path", "parent__path"):
        parent = parent or ""
        if not parent or path[:2] in tops:
            last[parent] = max(last.get(parent, 0), number_below(path, parent))
    return last


def write(plan: Plan, on: date) -> None:
    """Everything the plan says; inside the act, in one transaction."""
    ending = [old for old, _ in plan.moved] + plan.ended
    for start in range(0, len(ending), CHUNK):
        Area.objects.filter(pk__in=[area.pk for area in ending[start : start + CHUNK]]).update(valid_until=on)
    for level in sorted(plan.new):
        Area.objects.bulk_create(plan.new[level], batch_size=CHUNK)
    moved = {old.pk for old, _ in plan.moved}
    upsert(Area, [area for area in plan.changed if area.pk not in moved], "id", FIELDS)
    for old, new in plan.moved:
        Area.objects.filter(pk=old.pk).update(successor=new)
    hand_over(plan, on)
    outlines = [
        Outline(
            area=plan.areas[drawn.code], geometry=drawn.geometry, repaired=drawn.mended, digest=drawn.digest,
            west=drawn.bounds[0], south=drawn.bounds[1], east=drawn.bounds[2], north=drawn.bounds[3],
        )
        for drawn in plan.drawn
    ]  # fmt: skip
    upsert(Outline, outlines, "area", ("geometry", "west", "south", "east", "north", "repaired", "digest"))


def hand_over(plan: Plan, on: date) -> None:
    """A succeeding area inherits the border it had, and the units that answer for it."""
    drawn = {row.code for row in plan.drawn}
    after = {old.pk: new for old, new in plan.moved}
    ends = set(after) | {area.pk for area in plan.ended}
    if not ends:
        return
    borders = [outline for outline in Outline.objects.filter(area__in=after) if after[outline.area_id].code not in drawn]
    for outline in borders:
        outline.area = after[outline.area_id]
    Outline.objects.bulk_create(borders)
    held = list(Jurisdiction.objects.filter(area__in=ends, valid_until=None))
    Jurisdiction.objects.filter(pk__in=[row.pk for row in held]).update(valid_until=on)
    Jurisdiction.objects.bulk_create(
        [Jurisdiction(unit_id=row.unit_id, area=after[row.area_id], valid_from=on) for row in held if row.area_id in after]
    )


def upsert(model: type[Area] | type[Outline], rows: list[Area] | list[Outline], key: str, fields: tuple[str, ...]) -> None:
    # an insert that meets its own key and updates: some ten times faster than bulk_update's CASE WHEN
    model._base_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=list(fields), batch_size=CHUNK)  # type: ignore[arg-type]


def summary(on: date) -> dict[str, dict[str, object]]:
    """Per level: how many areas, how many with a border, of which kinds."""
    levels: dict[str, dict[str, object]] = {}
    counted = Counter(Area.objects.valid(on).values_list("level", "kind").order_by())
    outlined = Counter(Area.objects.valid(on).exclude(outline=None).values_list("level", flat=True).order_by())
    for level, name in LEVELS.items():
        kinds = {kind: count for (at, kind), count in sorted(counted.items()) if at == level}
        levels[name] = {"count": sum(kinds.values()), "with_outline": outlined[level], "kinds": kinds}
    return levels
