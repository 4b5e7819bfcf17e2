"""Visits and reports: the body of an item as the form of the page would have it, and the act that keeps it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from rukun.fieldwork import services
from rukun.fieldwork.forms import MANY, PROMISES, Recorded, ReportForm, VisitForm, known_places
from rukun.phone.intake.envelope import Envelope, Sender
from rukun.phone.intake.outcome import Intake, Outcome, unreadable
from rukun.phone.intake.then import actor_then
from rukun.phone.rules import Malformed
from rukun.territory.models import Area

Text = dict[str, str]
NAMES = {"day": "at", "clock": "at", "__all__": "", "area": "area"}


def visit(envelope: Envelope, sender: Sender) -> Intake | Outcome:
    return recorded(envelope, sender, "visit", visit_fields, VisitForm, services.receive_visit)


def report(envelope: Envelope, sender: Sender) -> Intake | Outcome:
    return recorded(envelope, sender, "report", report_fields, ReportForm, services.receive_report)


def recorded(
    envelope: Envelope,
    sender: Sender,
    noun: str,
    fields: Callable[[Mapping[str, Any]], Text],
    form_of: Callable[..., Any],
    act: Callable[..., Any],
) -> Intake | Outcome:
    area = place(sender, text(envelope.body.get("area")))
    if area is None:
        return unreadable("area_unknown", area="")
    actor = actor_then(sender, envelope, f"{noun}.receive", area.where(), area.time_zone)
    moment = envelope.at.astimezone(area.zone)
    typed = fields(envelope.body) | {
        "id": str(envelope.id), "area": area.path, "day": moment.date().isoformat(), "clock": moment.time().isoformat(),
    }  # fmt: skip
    places = sender.once(("places", actor.roots), lambda: known_places(actor, f"{noun}.receive"))
    # a place that ended since was a place then; the door asks whose it is
    form = form_of(typed | ({"practice": "on"} if envelope.practice else {}), actor=actor, chosen=area, places=places)
    if "author" in form.fields:
        return unreadable("not_yours")
    if not form.is_valid():
        return asked_back(form)
    replaced = [str(sentence) for sentence in form.replaced()]

    def keep() -> Outcome:
        act(actor, area, **form.arguments(), time_uncertain=envelope.uncertain)
        return kept_as(noun, envelope.id, practice=envelope.practice, replaced=bool(replaced))

    return Intake(keep)


def kept_as(noun: str, key: uuid.UUID, *, practice: bool, replaced: bool = False) -> Outcome:
    record = {"kind": noun, "id": str(key), "url": reverse(f"fieldwork:{noun}", args=[key])}
    return Outcome("ok", "replaced" if replaced else "ok", record=None if practice else record)


def place(sender: Sender, path: str) -> Area | None:
    if not (path.isascii() and path.isdecimal()):
        return None
    return sender.once(("area", path), lambda: Area.objects.filter(path=path, level__gte=4).select_related("parent").first())


def asked_back(form: Recorded) -> Outcome:
    """The sentences of the form, each at the field as the phone calls it, and what the guard offers instead."""
    said = {spelt(name): " ".join(map(str, errors)) for name, errors in form.errors.items()}
    offers = {spelt(name): reading.offered for name, reading in form.readings().items() if reading.refused}
    return Outcome("invalid", "guard" if offers else "fields", fields=said, offer=offers)


def spelt(name: str) -> str:
    """said_3 of the page is concerns.2.text of the phone."""
    stem, _underscore, number = name.rpartition("_")
    lists = {"said": "concerns.{}.text", "code": "concerns.{}.code", "promise": "promises.{}.text", "due": "promises.{}.due"}
    return lists[stem].format(int(number) - 1) if stem in lists and number.isdigit() else NAMES.get(name, name)


def visit_fields(body: Mapping[str, Any]) -> Text:
    names = ("kind", "place_kind", "place", "people", "narrative")
    told = {name: text(body.get(name)) for name in names}
    for number, row in enumerate(rows(body, "concerns", MANY), start=1):
        told |= {f"said_{number}": text(row.get("text")), f"code_{number}": text(row.get("code"))}
    for number, row in enumerate(rows(body, "promises", PROMISES), start=1):
        told |= {f"promise_{number}": text(row.get("text")), f"due_{number}": text(row.get("due"))}
    return told | ({"nothing": "1"} if body.get("nothing_said") is True else {})


def report_fields(body: Mapping[str, Any]) -> Text:
    names = ("title", "facts", "basis", "code", "opinion", "place", "latitude", "longitude")
    return {name: text(body.get(name)) for name in names}


def rows(body: Mapping[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found = body.get(name) or []
    if not isinstance(found, list) or len(found) > most or not all(isinstance(row, dict) for row in found):
        raise Malformed(name)
    return found


def text(value: Any) -> str:
    """What a phone wrote into a field, as a page would send it."""
    return "" if value is None or isinstance(value, bool | list | dict) else str(value)
