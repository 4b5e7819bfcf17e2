"""Areas that no unit answers for, listed and not hidden: below what a unit covers, where none of those under it does."""

from datetime import date

from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.rules import VILLAGE, ancestors, kind_below

MOST = 200


def gaps(unit: Unit, on: date, most: int = MOST) -> list[Area]:
    """The largest areas in the unit's territory of which no part has a unit of the next kind; a Polsek has none."""
    kind = kind_below(unit.kind)
    if kind is None:
        return []
    held = set(Jurisdiction.objects.valid(on).filter(unit__kind=kind, unit__closed_on=None).values_list("area__path", flat=True))
    partly = {above for path in held for above in ancestors(path)}
    open_areas = list(roots(unit, on))
    found: list[Area] = []
    while open_areas and len(found) < most:
        area = open_areas.pop(0)
        if held.intersection(ancestors(area.path)):
            continue
        if area.path not in partly or area.level == VILLAGE:
            found.append(area)
        else:
            open_areas[:0] = Area.objects.filter(parent=area).valid(on).order_by("path")
    return found


def roots(unit: Unit, on: date) -> list[Area]:
    if unit.parent_id is None and not unit.jurisdictions.valid(on).exists():  # Mabes answers for the whole country
        return list(Area.objects.at_level(1).valid(on).order_by("path"))
    return list(Area.objects.covered_by(unit, on).order_by("path"))
