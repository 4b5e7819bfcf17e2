"""What can be done to territory: bring in areas, found units and give them their areas, name what lies below a village."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rukun.access.scope import Actor, where_of
from rukun.audit.door import act
from rukun.lib import clock
from rukun.territory.gather import AreaRow, Harvest, from_rows
from rukun.territory.models import Area, Import, Jurisdiction, Unit
from rukun.territory.placing import add_place, change_place
from rukun.territory.refusals import NotPossible
from rukun.territory.rules import (
    SUBUNIT,
    SUBUNIT_KINDS,
    UNIT_LEVELS,
    UNIT_WIDTHS,
    VILLAGE,
    WIB,
    child_path,
    number_below,
)
from rukun.territory.settle import Plan, survey, write
from rukun.territory.sources.rows import OnBad, strict

__all__ = [
    "NotPossible",
    "Outcome",
    "add_areas",
    "add_place",
    "add_subunit",
    "add_subunits",
    "bring_in",
    "change_place",
    "change_subunit",
    "change_unit",
    "check_name",
    "cover",
    "enter",
    "found",
    "uncover",
]

# --- areas -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import; `row` is None when all of it was known already."""

    row: Import | None
    plan: Plan


@act("territory.import", records=("files", "counts", "skipped", "operator"))
def enter(
    actor: Actor, subject: None = None, *, plan: Plan, on: date, files: str, counts: str, skipped: int = 0, operator: str = ""
) -> Import | None:
    """One entry in the book for the whole import, with the digest of every file and what it changed.

    An entry for each of 91,000 areas would tell nothing that these digests and counts don't, and bury everything else.
    """
    if plan.is_empty():
        return None
    write(plan, on)
    return Import.objects.create(at=clock.now(), files=json.loads(files), counts=json.loads(counts), skipped=skipped)


def bring_in(actor: Actor, harvest: Harvest, *, on: date, on_bad: OnBad = strict, end_missing: bool = False, operator: str = "") -> Outcome:
    """Writes all that was gathered, or, when a row is bad, nothing."""
    with transaction.atomic():
        plan = survey(harvest, on, on_bad, end_missing=end_missing)
        row = enter(
            actor, None, plan=plan, on=on, files=json.dumps(harvest.files, ensure_ascii=False), counts=json.dumps(plan.as_counts()),
            skipped=len(harvest.bad), operator=operator,
        )  # fmt: skip
    return Outcome(row, plan)


def add_areas(actor: Actor, subject: None = None, *, rows: Iterable[AreaRow], origin: str = "rows") -> Outcome:
    """Areas from rows in the code: (code, name, kind, latitude, longitude, population, km²)."""
    return bring_in(actor, from_rows(rows, origin), on=clock.today(WIB))


# --- what lies below a village -----------------------------------------------------------------------------------------------------


@act("subunit.add", records=("name", "kind"))
def add_subunit(
    actor: Actor, village: Area, *, name: str, kind: str, latitude: float | None = None, longitude: float | None = None
) -> Area:
    """A jorong, RW or what the people call it, added by the unit; it has no official code."""
    if village.level != VILLAGE or village.valid_until:
        raise NotPossible(_("Sub-units are added to a village that still exists."))
    village = Area.objects.select_for_update().get(pk=village.pk)  # two who add at once get two numbers
    name = check_name(village, name, kind)
    used = [number_below(path, village.path) for path in Area.objects.below(village.path).values_list("path", flat=True)]
    if max(used, default=0) >= 999:
        raise NotPossible(_("There is no room for more than 999 sub-units in a village."))
    return Area.objects.create(
        name=name, kind=kind, level=SUBUNIT, path=child_path(village.path, max(used, default=0) + 1), parent=village,
        latitude=latitude, longitude=longitude, time_zone=village.time_zone,
    )  # fmt: skip


@act("subunit.change", records=("name", "kind", "valid_until"))
def change_subunit(actor: Actor, subunit: Area, *, name: str, kind: str, valid_until: date | None = None) -> Area | None:
    """A sub-unit is called otherwise, or is no more from a day on; with no day it lives (again)."""
    if subunit.level != SUBUNIT or subunit.parent is None:
        raise NotPossible(_("Only what lies below a village is changed here; the rest comes from the code list."))
    if valid_until is None:
        name = check_name(subunit.parent, name, kind, besides=subunit)
    if (subunit.name, subunit.kind, subunit.valid_until) == (name, kind, valid_until):
        return None
    subunit.name, subunit.kind, subunit.valid_until = name, kind, valid_until
    subunit.save(update_fields=["name", "kind", "valid_until"])
    return subunit


def add_subunits(actor: Actor, village: Area, *, rows: Iterable[dict[str, Any]]) -> list[Area]:
    """Many at once, all or none."""
    with transaction.atomic():
        return [add_subunit(actor, village, **row) for row in rows]


def check_name(village: Area, name: str, kind: str, besides: Area | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 100:
        raise NotPossible(_("Give it a name of at most 100 letters."))
    if kind not in SUBUNIT_KINDS:
        raise NotPossible(_("Choose what it is: RW, jorong, korong and so on."))
    same = Area.objects.filter(parent=village, kind=kind, name__iexact=name, valid_until=None)
    if same.exclude(pk=besides.pk if besides else 0).exists():
        raise NotPossible(_("%(village)s already has %(name)s.") % {"village": village.name, "name": name})
    return name


# --- units -------------------------------------------------------------------------------------------------------------------------


@act("unit.found", records=("code", "name", "kind"))
def found(actor: Actor, parent: Unit | None, *, code: str, name: str, kind: str, phone: str = "", time_zone: str = "") -> Unit:
    """A new unit under the one that commands it."""
    level = UNIT_LEVELS.get(kind)  # type: ignore[call-overload]  # a TextChoices is its own text
    if level is None:
        raise NotPossible(_("Choose what it is: Mabes, Polda, Polres or Polsek."))
    if level != (UNIT_LEVELS[parent.kind] + 1 if parent else 1):  # type: ignore[index]
        raise NotPossible(_("A Polsek stands under a Polres, a Polres under a Polda, a Polda under Mabes."))
    if Unit.objects.filter(code=code).exists():
        raise NotPossible(_("There is a unit with the code %s already.") % code)
    above = parent.path if parent else ""
    siblings = Unit.objects.filter(parent=parent).values_list("path", flat=True)
    try:
        path = child_path(above, max((number_below(path, above) for path in siblings), default=0) + 1, UNIT_WIDTHS)
    except ValueError as full:
        raise NotPossible(_("There is no room for another unit here.")) from full
    zone = time_zone or (parent.time_zone if parent else WIB)
    return Unit.objects.create(code=code, name=name, kind=kind, parent=parent, path=path, phone=phone, time_zone=zone)


@act("unit.change", records=("name", "phone", "closed_on"))
def change_unit(actor: Actor, unit: Unit, *, name: str, phone: str = "", closed_on: date | None = None) -> Unit | None:
    """A unit is called otherwise, has another telephone, or is closed; its path stays."""
    if closed_on and unit.children.filter(closed_on=None).exists():
        raise NotPossible(_("Close the units under it first."))
    if (unit.name, unit.phone, unit.closed_on) == (name, phone, closed_on):
        return None
    unit.name, unit.phone, unit.closed_on = name, phone, closed_on
    unit.save(update_fields=["name", "phone", "closed_on"])
    return unit


@act("unit.cover", records=("area", "valid_from"))
def cover(actor: Actor, unit: Unit, *, area: Area, valid_from: date) -> Jurisdiction | None:
    """A unit answers for an area from a day on; several may, since police and government borders differ."""
    actor.must("unit.cover", where_of(area))  # the unit is one's own: the area must be, too
    if area.level == SUBUNIT or area.valid_until:
        raise NotPossible(_("A unit covers villages and what lies above them, as long as they exist."))
    if Jurisdiction.objects.filter(unit=unit, area=area, valid_until=None).exists():
        return None
    return Jurisdiction.objects.create(unit=unit, area=area, valid_from=valid_from)


@act("unit.uncover", records=("valid_until",))
def uncover(actor: Actor, jurisdiction: Jurisdiction, *, valid_until: date) -> Jurisdiction | None:
    """From this day on the unit no longer answers for the area."""
    if jurisdiction.valid_until is not None:
        return None
    jurisdiction.valid_until = max(valid_until, jurisdiction.valid_from)
    jurisdiction.save(update_fields=["valid_until"])
    return jurisdiction
