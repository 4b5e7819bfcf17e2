"""What waits for one person under one hat, gathered from the rooms below."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.alerts.listing import latest as latest_alerts
from rukun.alerts.models import waiting_count
from rukun.audit.models import Checkpoint, Entry
from rukun.desk import rules
from rukun.desk.first import is_new
from rukun.desk.hats import COMMAND, FIELD
from rukun.desk.lines import Line, line_of_action, line_of_alert, line_of_problem, line_of_report, line_of_visit
from rukun.desk.places import Place, places_of
from rukun.directives.reach import heeded_by
from rukun.fieldwork.inbox import lying_with
from rukun.fieldwork.models import Answer, Promise, Report, Visit
from rukun.fieldwork.rules import Stage
from rukun.handover.models import Handover
from rukun.lib import clock, jobs
from rukun.officers.coverage import absent, uncovered
from rukun.problems.models import Action, Problem, ProblemQuerySet
from rukun.territory.models import Area
from rukun.territory.rules import WIB

SHOWN = 3
NAMED = 12  # who are away


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its heading, its lines, and where the rest is."""

    key: str
    title: str
    lines: list[Line]
    empty: str
    more: str = ""
    more_url: str = ""


@dataclass(slots=True)
class Today:
    """The page: one sentence, then the parts that prove it."""

    lead: str
    parts: list[Part] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    alone: bool = False  # one person's places, not a unit's
    facts: list[tuple[str, str, str]] = field(default_factory=list)  # word, value, url
    attention: str = ""
    attention_url: str = ""


def today(actor: Actor, asked: int = 0) -> Today:
    """`asked`: how many Atensi wait to be acknowledged."""
    if actor.role in FIELD:
        return field_today(actor, asked)
    if actor.role in COMMAND:
        return command_today(actor, asked)
    return {
        "operator": operator_today,
        "analyst": analyst_today,
        "administrator": machine_today,
        "auditor": book_today,
        "dpo": book_today,
    }.get(actor.role, no_role)(actor)


def field_today(actor: Actor, asked: int) -> Today:
    answers, promises, actions = answers_to(actor), promises_of(actor), actions_for(actor)
    soon = [line for line in promises + actions if not line.late and line.due and (line.due - clock.today(line.zone)).days <= 1]
    lead = rules.field_lead(
        late_promises=count_late(promises),
        late_actions=count_late(actions),
        due_today=len(soon),
        answers=sum(line.new for line in answers),
        directives=asked,
    )
    parts = [
        *to_look_at(actor),
        Part("tindakan", _("Promises and actions"), by_day(promises + actions), _("No promise and no action is open.")),
        Part(
            "jawaban",
            _("Answers to my reports"),
            answers,
            _("No answer in the last seven days."),
            _("All my records"),
            reverse("fieldwork:records"),
        ),
        recorded_today(actor),
    ]
    attention, url = to_begin_with(actor)
    return Today(lead, parts, places=places_of(actor)[:6], alone=True, attention=attention, attention_url=url)


def to_begin_with(actor: Actor) -> tuple[str, str]:
    """What somebody new reads first: the first day; else what a colleague left behind."""
    if is_new(actor):
        return _("Your first day? Four small steps, fifteen minutes."), reverse("desk:first_day")
    return inheritance(actor)


def inheritance(actor: Actor) -> tuple[str, str]:
    since = clock.now() - rules.ANSWERS_FOR
    latest = Handover.objects.within(actor).filter(taker=actor.officer_id, at__gte=since).select_related("giver").order_by("-at").first()
    return (_("You took over from %s: what you inherited") % latest.giver, reverse("handover:inherited")) if latest else ("", "")


def command_today(actor: Actor, asked: int) -> Today:
    waiting = lying_with(actor).unread()
    open_problems = Problem.objects.within(actor, "problem.move").unsolved()
    late, unowned = open_problems.late(), open_problems.unowned().exclude(pk__in=open_problems.late().values("pk"))
    overdue = [line_of_action(action) for action in late_actions(actor)]
    unread_count = waiting.count()
    lead = rules.command_lead(
        unread=unread_count, late=late.count(), unowned=unowned.count(), actions=len(overdue), directives=asked, alerts=waiting_count(actor)
    )
    first = sorted(waiting.select_related("area", "officer")[:200], key=lambda report: (not is_pressing(report), report.received_at))[
        :SHOWN
    ]
    push = [line_of_problem(problem) for problem in [*first_of(late, SHOWN), *first_of(unowned, SHOWN)][:SHOWN]]
    parts = [
        Part("belum-dibaca", _("Reports that nobody has read"), [line_of_report(report, new=True) for report in first], _("Every report has been read."),
             _("To the inbox"), reverse("fieldwork:inbox")),
        *standing_out(actor),
        Part("dorong", _("Problems to push"), push, _("No problem is late, and all are in somebody's hands."), _("To the board"), reverse("problems:board")),
        Part("tindakan", _("Actions past their day"), overdue[:SHOWN], _("No action is past its day.")),
    ]  # fmt: skip
    mine = by_day(promises_of(actor) + actions_for(actor))
    if mine:
        parts.append(Part("saya", _("What I was given or promised"), mine, ""))
    attention, url = inheritance(actor)
    return Today(lead, parts, places=places_of(actor)[:6], facts=people_facts(actor), attention=attention, attention_url=url)


def standing_out(actor: Actor) -> list[Part]:
    """The alerts that wait for a look, where there are any: the urgent first."""
    lines = [line_of_alert(row) for row in latest_alerts(actor, SHOWN)]
    return [Part("menonjol", _("What stands out"), lines, "", _("All alerts"), reverse("alerts:alerts"))] if lines else []


def to_look_at(actor: Actor) -> list[Part]:
    """The alerts into which an officer of the field was asked to look."""
    lines = [line_of_alert(row) for row in latest_alerts(actor, SHOWN, owner=actor.officer_id)]
    return [Part("tengok", _("I was asked to take a look"), lines, "")] if lines else []


def is_pressing(report: Report) -> bool:
    return report.stage == Stage.ACTUAL or (not report.stage and report.sounds_dangerous)


def first_of(rows: ProblemQuerySet, count: int) -> list[Problem]:
    return list(rows.select_related("unit", "owner").prefetch_related("areas").order_by("due", "pk")[:count])


def operator_today(actor: Actor) -> Today:
    nothing = _("What you record lies with the officer for whom you record it.")
    start = Part("catat", _("Records"), [], nothing, _("Start recording"), reverse("fieldwork:record"))
    return Today(_("You record for officers who have no phone. What you enter carries both names."), [start])


def analyst_today(actor: Actor) -> Today:
    week = clock.now() - timedelta(days=7)
    reports = Report.objects.within(actor).current().filter(received_at__gte=week)
    problems = Problem.objects.within(actor).unsolved()
    late = problems.late()
    lead = rules.analyst_lead(reports=reports.count(), problems=problems.count(), late=late.count())
    latest = [line_of_report(report) for report in reports.select_related("area", "officer").order_by("-received_at")[:5]]
    parts = [
        *standing_out(actor),
        Part("terbaru", _("Latest reports"), latest, _("No report in the last seven days.")),
        Part("dorong", _("Problems past their day"), [line_of_problem(problem) for problem in first_of(late, 5)], _("No problem is past its day."),
             _("To the board"), reverse("problems:board")),
    ]  # fmt: skip
    return Today(lead, parts)


def machine_today(actor: Actor) -> Today:
    works, dead = jobs.somebody_works(clock.now()), len(jobs.dead())
    lead = rules.machine_lead(works=works, dead=dead, waiting=0)
    attention = "" if works and not dead else _("See what happened")
    facts = [
        (_("People and units"), _("Accounts, roles, absences"), reverse("officers:people")),
        (_("Uncovered areas"), _("Areas nobody serves"), reverse("officers:uncovered")),
    ]
    return Today(lead, facts=facts, attention=attention, attention_url=reverse("desk:machine"))


def book_today(actor: Actor) -> Today:
    week = clock.now() - timedelta(days=7)
    entries = Entry.objects.within(actor).filter(at__gte=week)
    refusals = entries.filter(act__endswith=":refused").order_by("-pk")
    sealed = Checkpoint.objects.order_by("-size").first()
    facts = [
        (_("Entries in the last seven days"), str(entries.count()), reverse("audit:entries")),
        (_("Refused in the last seven days"), str(refusals.count()), reverse("audit:entries")),
        (_("Sealed up to entry"), str(sealed.size) if sealed else _("not sealed yet"), ""),
    ]
    if actor.holds("directive.view"):
        facts.append(("Atensi", _("what chiefs asked their people to heed"), reverse("directives:directives")))
    lead = _("The book is sealed. Check it with “rukun audit verify”.") if sealed else _("The book has not been sealed yet.")
    lines = [
        Line(entry.act.removesuffix(":refused"), entry.get_absolute_url(), entry.actor, WIB, at=entry.at) for entry in refusals[:SHOWN]
    ]
    return Today(lead, [Part("ditolak", _("Refused lately"), lines, _("Nothing was refused in the last seven days."))], facts=facts)


def no_role(actor: Actor) -> Today:
    return Today(_("You hold no role today. Ask your unit head, or the administrator, to assign you."))


def late_actions(actor: Actor) -> list[Action]:
    ahead = clock.today("Asia/Jayapura")
    rows = Action.objects.within(actor, "action.change").overdue(ahead).select_related("problem__unit", "officer").order_by("due")
    return [action for action in rows if action.due < action.problem.unit.today()]


def promises_of(actor: Actor) -> list[Line]:
    rows = Promise.objects.within(actor).filter(holder=actor.officer_id).open().select_related("visit__area").order_by("due")[:50]
    return [
        Line(promise.text, reverse("fieldwork:promise", args=[promise.pk]), _("promised at %s") % (promise.visit.place or promise.visit.area), promise.visit.area.time_zone,
             due=promise.due, late=promise.due < promise.visit.area.today())
        for promise in rows
    ]  # fmt: skip


def actions_for(actor: Actor) -> list[Line]:
    rows = Action.objects.within(actor).given_to(actor.officer_id).open().select_related("problem__unit", "officer").order_by("due")[:50]
    return [line_of_action(action, who=False) for action in rows]


def answers_to(actor: Actor) -> list[Line]:
    """What became of my reports in the last seven days; new is what came since yesterday morning."""
    now = clock.now()
    rows = Answer.objects.within(actor).filter(report__officer=actor.officer_id, at__gte=now - rules.ANSWERS_FOR)
    return [
        Line(answer.report.title, reverse("fieldwork:report", args=[answer.report_id]), f"{answer.get_kind_display()}: “{answer.text}”", answer.report.area.time_zone,
             at=answer.at, new=now - answer.at < timedelta(hours=36))
        for answer in rows.select_related("report__area").order_by("-at")[:5]
    ]  # fmt: skip


def recorded_today(actor: Actor) -> Part:
    since = clock.now() - timedelta(hours=24)
    mine = {"officer": actor.officer_id, "received_at__gte": since, "corrected_by": None}
    visits = Visit.objects.within(actor).filter(**mine).select_related("area").order_by("-received_at")[:5]
    reports = Report.objects.within(actor).filter(**mine).select_related("area", "officer").order_by("-received_at")[:5]
    lines = [line_of_report(report) for report in reports] + [line_of_visit(visit) for visit in visits]
    lines.sort(key=lambda line: line.at or since, reverse=True)
    return Part(
        "catatan",
        _("What I recorded in the last 24 hours"),
        lines,
        _("Nothing recorded yet."),
        _("Start recording"),
        reverse("fieldwork:record"),
    )


def people_facts(actor: Actor) -> list[tuple[str, str, str]]:
    on = clock.today(WIB)
    away, gaps = list(absent(actor, on)[: NAMED + 1]), uncovered(actor, on)
    names = ", ".join(sorted({str(absence.officer) for absence in away[:NAMED]})) + (" …" if len(away) > NAMED else "")
    villages = Area.objects.within(actor).filter(path__in=gaps[:SHOWN]).order_by("path")
    return [
        (_("Away today"), names or _("nobody"), reverse("officers:people")),
        (
            _("Without an officer"),
            ", ".join(village.name for village in villages) + (" …" if len(gaps) > SHOWN else "") or _("no area"),
            reverse("officers:uncovered"),
        ),
        (_("The sheet"), _("solved, held up, to be decided: one page"), reverse("desk:sheet")),
        ("Atensi", _("what is to be heeded, and who has read it"), reverse("directives:directives")),
        (_("The book"), _("what was done in this area"), reverse("audit:entries")),
    ]


def by_day(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.due or date.max)


def count_late(lines: Iterable[Line]) -> int:
    return sum(line.late for line in lines)


def everything(actor: Actor) -> dict[str, Any]:
    directives = heeded_by(actor)
    asked = sum(row.acknowledged_at is None for row in directives)
    return {"today": today(actor, asked), "now": clock.now(), "directives": directives}
