"""What the card of one alert shows to one actor."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from rukun.access.scope import Actor
from rukun.alerts import sentences
from rukun.alerts.facts import (
    VILLAGE_DIGITS,
    Parts,
    by_place,
    chart_of,
    left_out,
    parts_of,
    readable_report,
    reports_of,
    similar,
    told_of,
    villages_around,
)
from rukun.alerts.ledger import last_day
from rukun.alerts.models import Alert, Look, Second, Sighting
from rukun.alerts.rules import JUDGED, Kind, precision
from rukun.alerts.steps import Seen, steps
from rukun.fieldwork.models import Report
from rukun.fieldwork.rules import is_sensitive
from rukun.territory.models import Area, Unit

DEEDS = ("alert.assign", "alert.look", "alert.judge", "alert.confirm", "alert.reopen", "alert.second")
SHOWN = 8
PLACES = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """One village of an alert, and how many of its reports came from there."""

    area: Area
    n: int

    @property
    def name(self) -> str:
        """With its kind, unless its name begins with it: Nagari Aia Baliang, RW 02."""
        kind, name = str(self.area.get_kind_display()), str(self.area)
        return name if name.lower().startswith(kind.lower()) else f"{kind[:1].upper()}{kind[1:]} {name}"


def portrait(actor: Actor, alert: Alert) -> dict[str, Any]:
    parts, readable = parts_of(alert), readable_report(actor, alert)
    told = told_of(alert, parts, readable)
    rows = reports_of(alert)
    seen = list(
        Report.objects.within(actor).filter(pk__in=rows.values("pk")).select_related("area", "officer", "code").order_by("-happened_at")
    )
    of_village = {area: parts.villages[area.path[:VILLAGE_DIGITS]] for area in alert.areas.all()}
    spots = [Spot(area, n) for area, n in sorted(of_village.items(), key=lambda pair: (-pair[1], pair[0].path))]
    where = alert.where()
    may = {deed.replace(".", "_"): actor.may(deed, where) for deed in DEEDS}
    blind = may_second(actor, alert, may["alert_second"])
    second = Second.objects.within(actor).filter(alert=alert).select_related("officer").first()
    return {
        "alert": alert, "zone": alert.unit.time_zone, "opening": sentences.opening(alert.kind), "headline": sentences.headline(told),
        "lead": sentences.lead(told), "asks": sentences.asks(alert.kind, alert.stage), "usual": sentences.usually(alert.expected), "told": told,
        "kinds": kinds(parts) if not told.code else [], "spots": spots[:PLACES], "spots_beyond": max(0, len(spots) - PLACES),
        "chart": None if alert.kind == Kind.URGENT else chart_of(alert), "mapped": bool(villages_around(actor, alert)),
        "reports": seen[:SHOWN], "reports_beyond": max(0, len(seen) - SHOWN), "hidden_reports": sum(parts.villages.values()) - len(seen),
        "left_out": left_out(alert), "told_in_all": sum(parts.villages.values()), "others": None if alert.serving is None else alert.sources - alert.serving,
        "steps": steps(alert.kind, alert.group, [place_and_hour(report) for report in seen], told.places, alert.reason),
        "similar": [] if alert.kind == Kind.SILENCE else similar(actor, alert), "looks": Look.objects.within(actor).filter(alert=alert).select_related("officer").order_by("-at"),
        "sightings": Sighting.objects.within(actor).filter(alert=alert).order_by("-on")[:14], "may": may, "record": record(actor, alert),
        "duty": duty(alert) if alert.kind == Kind.URGENT else None, "readable": readable,
        "wants_second": blind and second is None, "second": second, "hides_verdict": blind and second is None,
        "problem": alert.problem if alert.problem and actor.may("problem.view", alert.problem.where()) else None,
        "reads_book": actor.holds("book.view"),
    }  # fmt: skip


def may_second(actor: Actor, alert: Alert, may: bool) -> bool:
    """Whether this actor is the outsider who repeats a verdict: from above its unit, and not whoever gave it."""
    above = all(
        grant.unit is not None and grant.unit != alert.unit.path and alert.unit.path.startswith(grant.unit) for grant in actor.grants
    )
    return may and above and alert.wants_second and alert.judged_by_id != actor.officer_id


def kinds(parts: Parts) -> list[tuple[str, int]]:
    """What it is made of, the most first; what is sensitive stays a number of its group."""
    from rukun.alerts.nouns import noun

    counted = Counter[str]()
    for code, n in parts.codes.items():
        counted[noun(code[:3], code)] += n
    return [(word, n) for word, n in counted.most_common(4) if word]


def place_and_hour(report: Report) -> Seen:
    spot = "" if is_sensitive(report.code_id or "") else (report.place or (report.area.name if report.area.level > 4 else ""))
    return Seen(spot, report.happened_at.astimezone(report.area.zone).hour)


def record(actor: Actor, alert: Alert) -> str:
    """How often alerts of this kind were right, at the unit that was watched; to those above it as of thirty days ago."""
    if alert.kind == Kind.URGENT:
        return ""
    until = last_day(actor, alert.watched, alert.watched.today())
    judged_there = Alert.objects.filter(watched=alert.watched_id, kind=alert.kind, until__lte=until).exclude(verdict="")
    verdicts = list(judged_there.values_list("verdict", flat=True))
    judged = sum(verdict in JUDGED for verdict in verdicts)
    return sentences.right(precision(verdicts), judged, str(alert.watched))


def duty(alert: Alert) -> Unit | None:
    """The unit whose telephone is answered day and night: the nearest that has one."""
    above = [alert.unit.path[:length] for length in (8, 5, 3, 1) if length <= len(alert.unit.path)]
    return next(iter(sorted(Unit.objects.filter(path__in=above).exclude(phone=""), key=lambda unit: -len(unit.path))), None)


def counts_around(actor: Actor, alert: Alert) -> tuple[list[Area], Counter[str], set[str]]:
    """For the map: villages around, how many reports each had in these days, and where somebody went."""
    from rukun.alerts.counts import ALL

    areas = villages_around(actor, alert)
    paths = [area.path for area in areas]
    counted = Counter[str]()
    for path, _day, n in by_place("alerts_counted", "capped_n", paths, alert.since, alert.until, alert.group or ALL):
        counted[path] += n
    visited = {path for path, _day, n in by_place("alerts_effort", "visits", paths, alert.since, alert.until) if n}
    return areas, counted, visited
