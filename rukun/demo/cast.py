"""A small named world: everyone in the tests and in the demo lives in it, and came into it through acts."""

from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from rukun.access.scope import Actor, system
from rukun.demo.nusa import AREAS, PEOPLE, SUBUNITS, UNITS
from rukun.officers.hats import actor_for
from rukun.officers.models import Account, Officer
from rukun.officers.services import assign, enrol
from rukun.territory.models import Area, Unit
from rukun.territory.rules import SUBUNIT
from rukun.territory.services import add_areas, add_subunit, cover, found

SINCE = date(2026, 1, 1)
ZONE_OF_THE_CAST = ZoneInfo("Asia/Jakarta")


def cast() -> SimpleNamespace:
    """The world as names: `world.sari` is an officer, `world.aia_baliang` an area, `world.sek_kr` a unit; `world.actor(world.sari)`."""
    founder = system("demo")
    areas = settle(founder)
    units = station(founder, areas)
    people = staff(founder, areas, units)
    places = {name_of(area): area for area in [*Area.objects.at_level(SUBUNIT), *areas.values()]}
    places |= {"koto_rimbo_district": areas["99.01.01"], "koto_rimbo": areas["99.01.01.2002"], "province": areas["99"]}
    return SimpleNamespace(
        **places, **{code.lower().replace("-", "_"): unit for code, unit in units.items()}, **people, areas=areas, actor=acting
    )


def acting(officer: Officer, role: str = "") -> Actor:
    return actor_for(officer, role)


def name_of(area: Area) -> str:
    return area.name.lower().replace(" ", "_")


def settle(founder: Actor) -> dict[str, Area]:
    add_areas(founder, None, rows=AREAS)
    areas = {area.code: area for area in Area.objects.exclude(code="")}
    for code, (kind, names) in SUBUNITS.items():
        for name in names:
            add_subunit(founder, areas[code], name=name, kind=kind)
    return areas


def station(founder: Actor, areas: dict[str, Area]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, name, kind, parent, covered, phone in UNITS:
        units[code] = found(founder, units.get(parent), code=code, name=name, kind=kind, phone=phone)
        for area in covered:
            cover(founder, units[code], area=areas[area], valid_from=SINCE)
    return units


def staff(founder: Actor, areas: dict[str, Area], units: dict[str, Unit]) -> dict[str, Officer]:
    people = {}
    for key, nrp, name, rank, function, home, role, unit, where, _ in PEOPLE:
        officer = enrol(founder, units[home], nrp=nrp, name=name, rank=rank, function=function)
        assign(founder, officer, role=role, unit=units[unit], areas=[areas[code] for code in where], valid_from=SINCE)
        people[key] = officer
    return people


def account_of(key: str) -> Account | None:
    nrp = {who: nrp for who, nrp, *_ in PEOPLE}.get(key, "")
    return Account.objects.filter(nrp=nrp).first()
