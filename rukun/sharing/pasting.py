"""A text from WhatsApp on its way into a form of the field: what was understood, what is left, and where the rest shall go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork.forms import MANY, AreaField
from rukun.fieldwork.rules import PlaceKind, VisitKind
from rukun.lib import clock
from rukun.sharing.rules import reading
from rukun.sharing.rules.places import Place
from rukun.sharing.rules.reading import Understood
from rukun.sharing.rules.wording import Kind
from rukun.territory.rules import WIB
from rukun.web.templatetags.web import full

FACTS, NOTES, OPINION, PLACE, NOWHERE = "uraian", "catatan", "pendapat", "tempat", "buang"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that belongs to no field yet, and where it would go if nobody chose."""

    name: str
    text: str
    to: str


def understand(actor: Actor, text: str, kind: str) -> Understood:
    offered = AreaField()
    offered.offer(actor, "visit.receive" if kind == Kind.VISIT else "report.receive")
    areas = list(offered.queryset)  # type: ignore[arg-type]  # a queryset once something is offered
    known = [Place(area.path, area.name, area.kind, area.parent.name if area.parent else "") for area in areas]
    home = areas[0].time_zone if areas else WIB
    return reading.read(text, known, clock.today(home), sorted({area.zone_name for area in areas}))


def lines(found: Understood, chosen: Mapping[str, str] | None = None) -> list[Line]:
    """What is left over: not understood goes to the facts unless somebody says otherwise, courtesies go nowhere."""
    rest = [(text, FACTS) for text in found.unknown] + [(text, NOWHERE) for text in found.aside]
    return [Line(f"ke_{number}", text, (chosen or {}).get(f"ke_{number}", to)) for number, (text, to) in enumerate(rest)]


def destinations(kind: str) -> list[tuple[str, str]]:
    facts = (FACTS, _("What residents said") if kind == Kind.VISIT else _("What happened"))
    own = (NOTES, _("My own notes")) if kind == Kind.VISIT else (OPINION, _("What I think of it"))
    return [facts, own, (PLACE, _("The place in words")), (NOWHERE, _("Nowhere"))]


def summary(found: Understood, kind: str) -> list[tuple[str, str]]:
    """What was understood, as words and values; only what the form asks."""
    where = ", ".join(filter(None, [found.place, f"{found.area.name}, {found.area.above}" if found.area else ""]))
    day = full(found.day, "") if found.day else ""
    when = ", ".join(filter(None, [day, _("at %s") % found.clock.strftime("%H.%M") if found.clock else ""]))
    rows = [(_("When"), when), (_("Where"), where)]
    if kind == Kind.VISIT:
        rows = [(_("What was it"), str(VisitKind(found.kind).label) if found.kind else ""), *rows]
        rows += [(_("How many people"), str(found.people) if found.people is not None else "")]
        rows += [(_("What residents said") if number == 1 else "", text) for number, text in enumerate(found.facts, start=1)]
    else:
        rows += [
            (_("In one line"), found.title),
            (_("What happened"), "\n".join(found.facts)),
            (_("What I think of it"), "\n".join(found.opinion)),
        ]
    return [(word, value) for word, value in rows if value]


def missing(found: Understood, kind: str) -> list[str]:
    """What the text does not say, and what is doubtful in it."""
    said = []
    if len(found.areas) > 1:
        said.append(
            _("The place may be %s: choose it in the form.") % _(" or ").join(f"{area.name}, {area.above}" for area in found.areas[:4])
        )
    elif not found.areas:
        said.append(_("None of your places was recognised: choose it in the form."))
    if not found.day:
        said.append(_("No day was recognised: the form says today."))
    if not found.facts:
        said.append(_("Nothing that residents said was recognised.") if kind == Kind.VISIT else _("Nothing that happened was recognised."))
    if "weekday" in found.doubts:
        said.append(_("The day of the week does not fit the date; the date is taken."))
    if "zone" in found.doubts:
        said.append(_("The hour is told in another time zone than that of your place: check it."))
    return said


def initial(found: Understood, kind: str, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the form starts with."""
    given: dict[str, list[str]] = {
        FACTS: list(found.facts),
        OPINION: list(found.opinion),
        NOTES: [],
        PLACE: [found.place] if found.place else [],
    }
    for line in lines(found, chosen):
        given.setdefault(line.to, []).append(line.text)
    told: dict[str, Any] = {"place": ", ".join(given[PLACE])[:120]}
    if found.area:
        told["area"] = found.area.path
    if found.day:
        told["day"] = found.day
    if found.clock:
        told["clock"] = found.clock
    return told | (of_visit(found, given) if kind == Kind.VISIT else of_report(found, given))


def of_visit(found: Understood, given: dict[str, list[str]]) -> dict[str, Any]:
    kind = found.kind or VisitKind.VISIT
    said = given[FACTS][: MANY - 1] + (["\n".join(given[FACTS][MANY - 1 :])] if len(given[FACTS]) >= MANY else [])
    told: dict[str, Any] = {f"said_{number}": capfirst(text) for number, text in enumerate(said, start=1)}
    if found.place_kind in PlaceKind.values:
        told["place_kind"] = found.place_kind
    # what was an opinion has no field in a visit: it is the officer's own note
    return told | {"kind": kind, "people": found.people, "narrative": "\n".join([*given[OPINION], *given[NOTES]])}


def of_report(found: Understood, given: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "title": capfirst(found.title)[:120], "facts": "\n".join(given[FACTS]), "opinion": "\n".join([*given[OPINION], *given[NOTES]]), "basis": found.basis,
    }  # fmt: skip
