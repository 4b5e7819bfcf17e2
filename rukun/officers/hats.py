"""One hat at a time: what an officer may do now, in one role, in all the areas where it is held."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from rukun.access.roles import PURPOSES, REACHES_A_UNIT
from rukun.access.scope import Actor, Grant
from rukun.lib import clock
from rukun.officers.models import Account, Assignment, Officer
from rukun.officers.request import Request
from rukun.officers.rules import FIELD_ROLES, Role
from rukun.territory.models import Area
from rukun.territory.rules import AREA_WIDTHS, PROVINCE

HAT = "hat"  # key in the session
# the hat a person wears at sign-in, where they hold several: the one closest to the street
ORDER = list(PURPOSES)


@dataclass(frozen=True, slots=True)
class Hat:
    """One role with the places where it is held, in the words of its wearer."""

    role: str
    title: str
    worn: bool


def held(officer: Officer, on: date) -> list[Assignment]:
    """The terms that hold on a day, those of the same role together, in the order of ORDER."""
    terms = officer.assignments.valid(on).select_related("unit").prefetch_related("areas")
    return sorted(terms, key=lambda term: ORDER.index(term.role))


def actor_for(officer: Officer, role: str = "", on: date | None = None) -> Actor:
    """The officer under one hat: the role asked for, if it is held today, else the first that is."""
    on = on or clock.today(officer.unit.time_zone)
    terms = held(officer, on)
    roles = [term.role for term in terms]
    role = role if role in roles else (roles[0] if roles else "")
    grants = tuple(grant for term in terms if term.role == role for grant in grants_of(term, on))
    return Actor(f"officer:{officer.pk}", role, PURPOSES.get(role, ""), grants, officer.pk, officer.account_id)


def grants_of(term: Assignment, on: date) -> list[Grant]:
    """One grant per covered root; with no area named, all that the unit covers. Who commands also reaches the unit's own things."""
    roots = [area.path for area in term.areas.all()] or list(Area.objects.covered_by(term.unit, on).values_list("path", flat=True))
    unit = term.unit.path if term.role in REACHES_A_UNIT else None
    if term.role == "administrator" and term.unit.parent_id is None:
        roots = [""]  # the first administrator: the country, which has no area of its own
    return [Grant(term.role, root, PURPOSES[term.role], unit) for root in whole(sorted(set(roots)), on)] or no_area(term, unit)


def whole(roots: list[str], on: date) -> list[str]:
    """Every province of the country is the country: one root in place of 38, which no question has to go through one by one."""
    top = {root for root in roots if len(root) == AREA_WIDTHS[0]}
    if len(top) < 2:
        return roots
    provinces = set(Area.objects.at_level(PROVINCE).valid(on).values_list("path", flat=True))
    return [""] if provinces <= top else roots


def no_area(term: Assignment, unit: str | None) -> list[Grant]:
    # "z" stands after every path: a unit without territory (a Mabes desk, a new Polsek) reaches its own things and no area
    return [Grant(term.role, "z", PURPOSES[term.role], unit)] if unit else []


def officer_of(account: Account) -> Officer | None:
    return Officer.objects.select_related("unit").filter(account=account, left_on=None).first()


def actor_of(request: Request) -> Actor:
    account = request.user
    officer = request.officer = officer_of(account)
    if officer is None:
        return Actor(f"account:{account.pk}", account_id=account.pk)
    return actor_for(officer, request.session.get(HAT, ""))


def by_nrp(nrp: str) -> Actor | None:
    """Who acts at the command line with --as."""
    officer = Officer.objects.in_service().select_related("unit").filter(account__nrp=nrp, account__is_active=True).first()
    return actor_for(officer) if officer else None


def of(officer: Officer, worn: str, on: date) -> list[Hat]:
    """Every hat the officer holds today."""
    terms = held(officer, on)
    roles = list(dict.fromkeys(term.role for term in terms))
    return [Hat(role, title_of([term for term in terms if term.role == role]), role == worn) for role in roles]


def title_of(terms: list[Assignment]) -> str:
    """ "Kanit Binmas Koto Rimbo"; "Polisi RW Aia Baliang"."""
    role = Role(terms[0].role)
    areas = [area.name for term in terms for area in term.areas.all()]
    if role in FIELD_ROLES and areas:
        return f"{role.label} {', '.join(areas[:2])}{' …' if len(areas) > 2 else ''}"
    return f"{role.label} {', '.join(place_of(term) for term in terms)}"


def place_of(term: Assignment) -> str:
    """The unit without its kind, which the role says already."""
    return term.unit.name.removeprefix("Polsek ").removeprefix("Polres ").removeprefix("Polda ")


def worn(request: Request) -> dict[str, str]:
    """For the head of every page: who I am, and as what."""
    officer: Officer | None = getattr(request, "officer", None)
    if officer is None:
        return {"name": request.user.get_username(), "role": "", "url": reverse("officers:me")}
    hats = of(officer, request.actor.role, officer.unit.today())
    role = next((hat.title for hat in hats if hat.worn), "")
    return {"name": str(officer), "role": role, "url": reverse("officers:me")}
