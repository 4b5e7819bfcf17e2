"""Reports that tell of the same, shown before another is sent."""

from datetime import datetime, timedelta

from rukun.access.scope import Actor
from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.rules import likeness
from rukun.territory.models import Area

WITHIN = timedelta(days=7)
ALIKE = 0.25


def alike(actor: Actor, area: Area, *, text: str, code: Code | None, since: datetime) -> tuple[list[Report], int]:
    """The recent reports of the same village that say much the same; those in sight, and how many more there are."""
    village = area.path[:10]
    recent = Report.objects.current().filter(
        area__path__gte=village, area__path__lt=village + "z", happened_at__gte=since - WITHIN, happened_at__lte=since + WITHIN
    )
    found = [
        report for report in recent.select_related("area", "officer")[:200]
        if likeness(text, f"{report.title} {report.facts}") >= (ALIKE / 2 if code and report.code_id == code.pk else ALIKE)
    ]  # fmt: skip
    seen = set(Report.objects.within(actor).filter(pk__in=[report.pk for report in found]).values_list("pk", flat=True))
    return [report for report in found if report.pk in seen], len(found) - len(seen)
