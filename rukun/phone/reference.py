"""What a phone always has at hand, locked or not: public things alone, of the places in which its officer records."""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from rukun.access.scope import Actor, inside
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import EVERYDAY, AnswerKind, Basis, PlaceKind, Severity, Stage, VisitKind
from rukun.lib import clock
from rukun.officers.hats import actor_for, held
from rukun.officers.models import Officer
from rukun.phone.lexicon import lexicon
from rukun.phone.outlines import light
from rukun.phone.rules import KINDS, MOST_BYTES, MOST_ITEMS, MOST_PHOTO, WELCOME
from rukun.sharing import bos, telling
from rukun.sharing.rules.wording import Kind
from rukun.territory.models import Area, Outline, PublicPlace, Unit

MOST = 600  # places; a Polres holds more, and records in the villages that it chooses
OUTLINED = 150
STAYS = timedelta(days=31)  # after a move the old places stay that long: what was seen there may still be written down
CHOICES = {
    "visit_kind": VisitKind, "place_kind": PlaceKind, "basis": Basis, "stage": Stage, "severity": Severity, "answer_kind": AnswerKind,
}  # fmt: skip


def reference(officer: Officer) -> tuple[dict[str, Any], str]:
    """All of it, and the mark by which the phone sees that it has it already."""
    told = {
        "schema": WELCOME[-1], "welcome": list(WELCOME), "language": get_language(),
        "limits": {"items": MOST_ITEMS, "bytes": MOST_BYTES, "photo": MOST_PHOTO, "photos": 5},
        "taxonomy": taxonomy(), "areas": areas(officer), "forms": forms(), "templates": templates(officer.unit), "guard": hints(),
    }  # fmt: skip
    mark = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:24]
    return told | {"version": mark}, mark


def taxonomy() -> list[dict[str, Any]]:
    return [
        {"code": code.pk, "group": code.group, "label": str(code), "words": EVERYDAY.get(code.pk, "").split()}
        for code in Code.objects.all()
    ]


def forms() -> dict[str, Any]:
    choices = {name: [[value, str(label)] for value, label in kind.choices] for name, kind in CHOICES.items()}
    return {"kinds": list(KINDS), "choices": choices}


def templates(unit: Unit) -> dict[str, Any]:
    mapped, _faults = bos.in_use()
    return {
        "whatsapp": {str(kind): telling.wording_for(unit, kind) for kind in Kind.values},
        "bos": [asdict(form) | {"kinds": sorted(form.kinds)} for form in mapped],
    }


def hints() -> dict[str, Any]:
    return lexicon()


def actors(officer: Officer) -> list[Actor]:
    """The hats under which the officer records, today and until lately."""
    today = clock.today(officer.unit.time_zone)
    ended = officer.assignments.filter(valid_until__gt=today - STAYS, valid_until__lte=today).values_list("valid_until", flat=True)
    days = [today, *(until - timedelta(days=1) for until in ended if until)]
    roles = {(term.role, day): None for day in days for term in held(officer, day)}
    found = [actor_for(officer, role, day) for role, day in roles]
    return [actor for actor in found if actor.role != "operator" and actor.holds("visit.receive")]


def areas(officer: Officer) -> list[dict[str, Any]]:
    """Villages and their parts in which the officer may record, each with its border and its public places."""
    under = Q(pk__in=[])
    for root in sorted({root for actor in actors(officer) for root in actor.roots}):
        under |= inside("path", root) | Q(path=root[:10], level=4)
    rows = list(Area.objects.filter(under, level__gte=4, valid_until=None).select_related("parent__parent").order_by("path")[:MOST])
    keys = [area.pk for area in rows]
    outlines = dict(Outline.objects.filter(area__in=keys[:OUTLINED]).values_list("area", "geometry"))
    places = defaultdict(list)
    for place in PublicPlace.objects.filter(area__in=keys, valid_until=None).order_by("name"):
        places[place.area_id].append(
            {"id": place.pk, "name": place.name, "kind": place.kind, "lat": place.latitude, "lon": place.longitude}
        )
    return [described(area, outlines.get(area.pk), places[area.pk]) for area in rows]


def described(area: Area, outline: dict[str, Any] | None, places: list[dict[str, Any]]) -> dict[str, Any]:
    parent = area.parent
    above = parent.parent if area.level == 5 and parent else parent
    return {
        "path": area.path, "name": area.name, "kind": area.kind, "level": area.level, "parent": parent.path if parent else "",
        "parent_name": parent.name if parent else "", "district": above.name if above else "", "zone": area.time_zone, "zone_name": area.zone_name,
        "centroid": [area.longitude, area.latitude] if area.longitude is not None else None, "outline": light(outline) if outline else None,
        "places": places,
    }  # fmt: skip
