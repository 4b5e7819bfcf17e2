"""The problem that an alert would open, as far as its reports say: a title to be read once more, a kind, a severity."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.alerts.models import Alert
from rukun.alerts.nouns import noun
from rukun.alerts.rules import Kind
from rukun.alerts.sentences import listed
from rukun.fieldwork.models import Report
from rukun.fieldwork.rules import Severity
from rukun.fieldwork.rules import Stage as Disturbance


def proposal(actor: Actor, alert: Alert, readable: QuerySet[Report]) -> tuple[bool, dict[str, Any]]:
    """Whether this actor can open a problem from it, and what would stand in its form."""
    reports = list(readable)
    if alert.kind == Kind.SILENCE or not reports or not actor.holds("problem.open"):
        return False, {}
    codes = Counter(report.code_id for report in reports if report.code_id)
    code = codes.most_common(1)[0][0] if codes else ""
    places = Counter(report.area.name for report in reports)
    what = noun(alert.group or code[:3], code)
    title = (
        _("%(what)s around %(where)s") % {"what": capfirst(what), "where": listed([name for name, _n in places.most_common()])}
        if what
        else ""
    )
    severity = max((report.severity or 0 for report in reports), default=0) or int(Severity.MODERATE)
    return True, {"title": title[:120], "code": code or None, "severity": severity}


def furthest(reports: Iterable[Report]) -> str:
    """How far it has come, by the report that says most; potential, where none was assessed."""
    return max((report.stage for report in reports if report.stage), key=Disturbance.values.index, default=Disturbance.POTENTIAL.value)
