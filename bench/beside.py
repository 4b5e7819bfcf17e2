"""What lies beside the reports of a country that is only measured: Atensi, incidents brought in, notices, promises, absences, alerts."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import bulk

INCIDENTS = 300_000
NOTICES = 40  # for each who serves in the field or commands there
UNREAD = 12
PROMISES = 150_000
ALERTS = 6  # in two years, of each Polsek; one waits


def fill(say: Any) -> None:
    """Only what is not there yet, so that a world built before gets it, too."""
    from rukun.alerts.models import Alert
    from rukun.directives.models import Directive
    from rukun.fieldwork.models import Promise
    from rukun.history.models import Incident
    from rukun.notices.models import Notice
    from rukun.officers.models import Absence

    for what, table, work in (
        ("absences", Absence, absences), ("Atensi", Directive, directives), ("incidents", Incident, incidents),
        ("promises", Promise, promises), ("notices", Notice, notices), ("alerts", Alert, alerts),
    ):  # fmt: skip
        if not table.objects.exists():
            say(what, work)


def absences() -> None:
    from rukun.officers.models import Officer

    today = datetime.now(UTC).date()
    away = random.Random(11).sample(list(Officer.objects.values_list("pk", flat=True)), Officer.objects.count() // 30)
    rows = ((pk, "leave", today - timedelta(days=3), today + timedelta(days=4)) for pk in away)
    bulk.load("officers_absence", "officer_id, reason, valid_from, valid_until", rows)


def directives() -> None:
    """Of each Polres six, two of them in force; of each Polda two; everybody in the field below has each."""
    from rukun.officers.models import Assignment

    chance, now = random.Random(12), datetime.now(UTC)
    terms = Assignment.objects.order_by("unit__path", "pk").values_list("officer", "role", "unit", "unit__path")
    below = [(path, officer) for officer, role, _unit, path in terms if role in {"village_officer", "sector_unit_head"}]
    issued: list[tuple[Any, ...]] = []
    reached: list[tuple[Any, ...]] = []
    for officer, role, unit, path in terms:
        for at in range({"resort_unit_head": 6, "regional_director": 2}.get(role, 0)):
            last = (now + timedelta(days=9 - at // 2 * 20)).date()
            issued.append(
                (
                    len(issued) + 1,
                    unit,
                    "CRM-03",
                    "Motor hilang di pasar: ajak juru parkir berjaga.",
                    last,
                    officer,
                    now - timedelta(days=at * 10),
                    None,
                    None,
                    "",
                )
            )
            reached += [(len(issued), who, now if chance.random() < 0.7 else None) for place, who in below if place.startswith(path)]
    bulk.load(
        "directives_directive", "id, unit_id, code_id, text, last_day, issued_by_id, issued_at, ended_at, withdrawn_at, because", issued
    )
    bulk.load("directives_addressee", "directive_id, officer_id, acknowledged_at", reached)


def incidents() -> None:
    """Ten years that others compiled, in one file; four in five of them in one fifth of the villages."""
    from rukun.territory.models import Area

    chance, now = random.Random(13), datetime.now(UTC)
    villages = list(Area.objects.filter(level=4).order_by("path").values_list("pk", "path"))
    few, codes = chance.sample(villages, len(villages) // 5), ("CRM-01", "CRM-03", "ORD-01", "CON-01", "CON-03", "ENV-01")
    chosen = [chance.choice(few if chance.random() < 0.8 else villages) for _ in range(INCIDENTS)]
    counts = {"read": INCIDENTS, "new": INCIDENTS, "unchanged": 0, "changed": 0, "rejected": 0, "coarser": 0}
    batch = (1, "history", "Arsip", "arsip.csv", "0" * 64, "", "", now, now, json.dumps(counts), "{}", None, None)
    bulk.load(
        "history_batch",
        "id, channel, source, file, sha256, mapping, owner, at, done_at, counts, reasons, withdrawn_at, brought_by_id",
        [batch],
    )
    shares = Counter(path[:4] for _pk, path in chosen)
    bulk.load("history_share", "batch_id, path, count", ((1, path, n) for path, n in sorted(shares.items())))
    rows = (
        (
            1,
            "history",
            "Arsip",
            str(at),
            pk,
            path,
            "village",
            (now - timedelta(days=chance.randrange(3650))).date(),
            chance.choice(codes),
            "",
            None,
            "",
        )
        for at, (pk, path) in enumerate(chosen)
    )
    bulk.load(
        "history_incident",
        "batch_id, channel, source, reference, area_id, path, precision, happened_on, code_id, stage, severity, text",
        rows,
    )


def promises() -> None:
    from rukun.fieldwork.models import Visit

    chance = random.Random(14)
    visits = Visit.objects.order_by("-pk").values_list("pk", "officer", "made_at")[:PROMISES].iterator(bulk.CHUNK)

    def rows() -> Iterator[tuple[Any, ...]]:
        for visit, officer, moment in visits:
            due = (moment + timedelta(days=7)).date()
            yield visit, officer, "Lampu jalan saya tanyakan ke nagari", due, due if chance.random() < 0.9 else None, ""

    bulk.load("fieldwork_promise", "visit_id, holder_id, text, due, kept_on, outcome", rows())


def notices() -> None:
    """Of everybody's own problems; the newest are unread."""
    from rukun.problems.models import Problem

    now, told = datetime.now(UTC), Counter[int]()

    def rows() -> Iterator[tuple[Any, ...]]:
        pairs = Problem.objects.order_by("-pk").values_list("pk", "owner", "opened_by").iterator(bulk.CHUNK)
        for problem, owner, chief in pairs:
            for at in range(NOTICES // 4):
                officer = owner or chief
                told[officer] += 1
                if told[officer] <= NOTICES:
                    read = None if told[officer] <= UNREAD else now
                    yield (
                        officer,
                        "problem.given",
                        f"problem:{problem}",
                        f"{problem}:{at}",
                        False,
                        now - timedelta(hours=told[officer]),
                        read,
                    )

    bulk.load("notices_notice", "officer_id, kind, about, key, urgent, at, read_at", rows())


def alerts() -> None:
    """Of each Polsek some, over neighbouring villages; all but the last were judged, two in three were right."""
    from rukun.officers.models import Assignment
    from rukun.territory.models import Area, Jurisdiction

    chance, now = random.Random(15), datetime.now(UTC)
    heads = dict(Assignment.objects.filter(role="sector_unit_head").values_list("unit", "officer"))
    villages: dict[str, list[int]] = {}
    for pk, path in Area.objects.filter(level=4).order_by("path").values_list("pk", "path"):
        villages.setdefault(path[:6], []).append(pk)
    held = Jurisdiction.objects.filter(unit__in=heads, area__path__in=villages).order_by("unit__path", "pk")
    rows: list[tuple[Any, ...]] = []
    places: list[tuple[int, int]] = []
    for unit, watched, path in held.values_list("unit", "unit__parent", "area__path"):
        for number in range(1, ALERTS + 1):
            raised = now - timedelta(days=(ALERTS - number) * 120 + chance.randrange(100))
            day, open_ = raised.date(), number == ALERTS
            verdict = "" if open_ else chance.choice(("true", "partly", "false"))
            judged = (None, None) if open_ else (heads[unit], raised + timedelta(days=3))
            rows.append(
                (
                    len(rows) + 1,
                    "statistical",
                    "check",
                    "engine",
                    unit,
                    watched,
                    number,
                    "CRM",
                    day - timedelta(days=9),
                    day,
                    7,
                    4,
                    2.1,
                    9.5,
                    7.0,
                    "",
                    "",
                    False,
                    raised,
                    day,
                    heads[unit],
                    day + timedelta(days=5),
                    0,
                    verdict,
                    "" if open_ else "Sudah ditengok.",
                    *judged,
                )
            )
            at = chance.randrange(len(villages[path]))
            places += [(len(rows), area) for area in villages[path][at : at + 3]]
    bulk.load(
        "alerts_alert",
        "id, kind, stage, method, unit_id, watched_id, number, group, since, until, observed, sources, expected, statistic, threshold, "
        "parameters, reason, provisional, raised_at, last_seen, owner_id, due, reminded, verdict, verdict_reason, judged_by_id, judged_at",
        rows,
    )
    bulk.load("alerts_alert_areas", "alert_id, area_id", places)
