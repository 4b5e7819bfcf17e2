"""Reports that tell of the same, shown before another is sent."""

import uuid
from datetime import datetime, timedelta

from rukun.access.scope import Actor
from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.rules import likeness
from rukun.territory.models import Area

WITHIN = timedelta(days=7)
ALIKE = 0.25


def alike(actor: Actor, area: Area, *, id: uuid.UUID, text: str, code: Code | None, since: datetime) -> tuple[list[Report], list[Report]]:
    """The recent reports of the same village that say much the same: those in sight, and those of which no word may be shown."""
    village = area.path[:10]
    recent = (
        Report.objects.current()
        .exclude(pk=id)
        .filter(area__path__gte=village, area__path__lt=village + "z", happened_at__gte=since - WITHIN, happened_at__lte=since + WITHIN)
    )
    newest = recent.select_related("area", "officer").order_by("-happened_at")[:200]
    found = [report for report in newest if is_alike(report, area, text, code)]
    seen = set(Report.objects.within(actor).filter(pk__in=[report.pk for report in found]).values_list("pk", flat=True))
    return [report for report in found if report.pk in seen], [report for report in found if report.pk not in seen]


def is_alike(report: Report, area: Area, text: str, code: Code | None) -> bool:
    """The same kind in the same place, or much the same words; of the same kind, half as many."""
    same_kind = code is not None and report.code_id == code.pk
    if same_kind and report.area_id == area.pk:
        return True
    return likeness(text, f"{report.title} {report.facts}") >= (ALIKE / 2 if same_kind else ALIKE)
