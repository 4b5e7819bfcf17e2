"""An officer's own data, as a file for herself: what is kept of her, and what she wrote."""

from typing import Any

from rukun.access.scope import Actor
from rukun.audit.models import Entry
from rukun.fieldwork.models import Report, Visit
from rukun.officers.models import Absence, Assignment, Officer
from rukun.problems.models import Action


def own_data(actor: Actor) -> dict[str, Any]:
    me = actor.officer_id
    officer = Officer.objects.select_related("account", "unit").get(pk=me or 0)
    visits, reports = Visit.objects.filter(officer=me).order_by("made_at"), Report.objects.filter(officer=me).order_by("happened_at")
    return {
        "officer": {"name": officer.name, "nrp": officer.account.nrp if officer.account else "", "rank": officer.rank,
                    "function": officer.function, "unit": officer.unit.name},
        "terms": list(Assignment.objects.filter(officer=me).values("role", "unit__name", "valid_from", "valid_until", "basis")),
        "absences": list(Absence.objects.filter(officer=me).values("reason", "valid_from", "valid_until")),
        "visits": list(visits.values("id", "area__name", "kind", "place", "made_at", "time_uncertain", "people", "narrative")),
        "reports": list(reports.values("id", "area__name", "happened_at", "time_uncertain", "title", "facts", "opinion", "code")),
        "actions": list(Action.objects.filter(officer=me).values("text", "due", "finished_at", "result")),
        "book": list(Entry.objects.filter(actor=actor.name).order_by("pk").values("at", "act", "object")),
    }  # fmt: skip
