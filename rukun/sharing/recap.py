"""An officer's own month, counted from her own records and no one else's."""

import json
import tempfile
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork.models import Promise, Report, Visit
from rukun.fieldwork.rules import VisitKind
from rukun.officers.models import Officer
from rukun.sharing.rules import recap as rules
from rukun.sharing.rules.recap import Met, Promised, Recap, Sent
from rukun.web.context import practice_words

PAGE = Path(__file__).parent / "templates" / "sharing" / "recap.typ"
SESSIONS = (VisitKind.LISTENING, VisitKind.MEETING, VisitKind.OUTREACH)


def of(actor: Actor, officer: Officer, month: date, today: date) -> Recap:
    """The month of the one who asks; there is no way to ask for another's."""
    first, last = rules.days_of(month, today)
    zone = officer.unit.zone
    span = (datetime.combine(first, time(0), zone), datetime.combine(last + timedelta(days=1), time(0), zone))
    met, visits = visits_of(actor, span)
    labels = {kind.value: str(kind.label) for kind in VisitKind}
    parts = (
        *rules.visits(met, labels),
        rules.sessions(met, labels, SESSIONS),
        rules.reports(reports_of(actor, span)),
        rules.promises(promises_of(actor, visits), today),
    )
    return Recap(
        officer=str(officer), unit=officer.unit.name, month=formats.date_format(month, "F Y"), period=period(first, last),
        as_of=formats.date_format(today, "j F Y"), parts=parts,
    )  # fmt: skip


def period(first: date, last: date) -> str:
    return f"{first.day}–{formats.date_format(last, 'j F Y')}" if first != last else formats.date_format(last, "j F Y")


def visits_of(actor: Actor, span: tuple[datetime, datetime]) -> tuple[list[Met], list[UUID]]:
    rows = (
        Visit.objects.within(actor)
        .filter(officer=actor.officer_id, corrected_by=None, practice=False, made_at__gte=span[0], made_at__lt=span[1])
        .select_related("area__parent").annotate(said=Count("concerns"))
    )  # fmt: skip
    met = [Met(row.kind, f"{row.area}, {row.area.parent}" if row.area.parent else str(row.area), row.said, row.people) for row in rows]
    return met, [row.pk for row in rows]


def reports_of(actor: Actor, span: tuple[datetime, datetime]) -> list[Sent]:
    rows = Report.objects.within(actor).current().filter(officer=actor.officer_id, happened_at__gte=span[0], happened_at__lt=span[1])
    told = rows.annotate(read=Count("readings", distinct=True), answered=Count("answers", distinct=True))
    problems = worked_on(actor, [row.pk for row in told])
    return [Sent(row.read > 0 or row.answered > 0, row.answered > 0, row.pk in problems, problems.get(row.pk, False)) for row in told]


def worked_on(actor: Actor, keys: Collection[UUID]) -> dict[UUID, bool]:
    """Reports that are part of a problem which the officer may see; whether one of theirs is solved."""
    problem: Any = Report._meta.get_field("problems").related_model  # a room above keeps problems; a report knows that it is in one
    rows = problem.objects.within(actor).filter(reports__in=keys).values_list("reports", "solved_at")
    found: dict[UUID, bool] = {}
    for key, solved_at in rows:
        found[key] = found.get(key, False) or solved_at is not None
    return found


def promises_of(actor: Actor, visits: Collection[UUID]) -> list[Promised]:
    rows = Promise.objects.within(actor).filter(visit__in=visits).values_list("due", "kept_on")
    return [Promised(due, kept_on is not None) for due, kept_on in rows]


def words() -> dict[str, str]:
    return {
        "title": _("My month"), "figure": _("What"), "count": _("Count"), "of": _("Of"), "page": _("Page"), "from": _("of"),
        "period": _("Counted over"), "as_of": _("as of"), "basis": _("counted of"),
        "own": _("For whoever made it, and for nobody else. Counted from what was recorded in rukun; corrected records count once, practice does not count."),
    }  # fmt: skip


def pdf(told: Recap) -> bytes:
    import typst  # heavy: only who prints pays for it

    data = {"words": words(), "recap": asdict(told), "lang": (get_language() or "id")[:2], "practice": practice_words()}
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "recap.typ")
        page.write_text(PAGE.read_text())
        return typst.compile(str(page), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True)


def choices(today: date) -> list[tuple[str, str]]:
    """The months that can be chosen: "2026-03", "Maret 2026"."""
    return [(f"{month:%Y-%m}", capfirst(formats.date_format(month, "F Y"))) for month in rules.months_back(today)]
