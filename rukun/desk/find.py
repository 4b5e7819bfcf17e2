"""What a search finds: places by name, problems and reports by their words, each within what this hat may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork import found as reports
from rukun.fieldwork.models import Report, ReportQuerySet
from rukun.problems import found as problems
from rukun.problems.models import Problem, ProblemQuerySet
from rukun.search import index
from rukun.search.rules import WORD, Question, question, refusals, words_of
from rukun.territory.models import Area

SIZE, PLACES = 10, 8
AROUND = 90  # letters of a text before and after the first word that was found
LONGEST = 120  # letters of a question

NOTHING = Question(())

Parts = list[tuple[str, bool]]  # a text in parts, and whether each was asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or a problem, its title and the part of its text that was found, marked."""

    row: Report | Problem
    title: Parts
    excerpt: Parts


@dataclass(slots=True)
class Answer:
    """All that was found, or why nothing was looked for."""

    text: str
    refused: list[str] = field(default_factory=list)
    asked: Question = NOTHING
    places: list[Area] = field(default_factory=list)
    problems: list[Hit] = field(default_factory=list)
    reports: list[Hit] = field(default_factory=list)
    older_problems: int | None = None
    older_reports: int | None = None

    @property
    def empty(self) -> bool:
        return not (self.places or self.problems or self.reports)


def find(actor: Actor, text: str, *, problems_before: int | None = None, reports_before: int | None = None) -> Answer:
    answer = Answer(" ".join(text.split())[:LONGEST])
    answer.asked = question(answer.text)
    if not answer.asked.stems:
        return answer
    first = problems_before is None and reports_before is None
    named = places(actor, answer.text)
    answer.refused = sentences(refusals(answer.text), bool(named))
    if answer.refused:
        return answer
    answer.places = named if first else []
    if first or problems_before is not None:
        reached = index.reach(actor, ProblemQuerySet) if actor.holds("problem.view") else []
        keys, answer.older_problems = index.find(problems.KIND, answer.asked, reached, before=problems_before, size=SIZE)
        rows = Problem.objects.within(actor).filter(pk__in=keys).select_related("unit", "owner").prefetch_related("areas")
        answer.problems = [hit(row, answer.asked, row.analysis) for row in in_order(rows, keys)]
    if first or reports_before is not None:
        reached = index.reach(actor, ReportQuerySet) if actor.holds("report.view") else []
        keys, answer.older_reports = index.find(reports.KIND, answer.asked, reached, before=reports_before, size=SIZE)
        told = Report.objects.within(actor).current().filter(pk__in=keys).select_related("area__parent", "officer")
        answer.reports = [hit(row, answer.asked, row.facts) for row in in_order(told, keys)]
    return answer


def in_order(rows: Iterable, keys: list[str]) -> list:
    known = {str(row.pk): row for row in rows}
    return [known[key] for key in keys if key in known]


def sentences(refused: set[str], is_place: bool) -> list[str]:
    """Why nothing is looked for. A name that a place bears is a place."""
    if refused == {"name"} and is_place:
        return []
    said = {
        "number": _("Numbers of persons, telephones and vehicles are not kept here, so they can't be found."),
        "name": _("Persons are not looked for here; reports hold no names."),
        "subject": _("People are no subject of a search."),
    }
    return [said[kind] for kind in ("number", "name", "subject") if kind in refused]


def places(actor: Actor, text: str) -> list[Area]:
    """Areas and sub-units whose name holds every word: some 90,000 names, asked directly, those that begin so first."""
    wanted = Q()
    for word in words_of(text)[:6]:
        wanted &= Q(name__icontains=word)
    rows = Area.objects.within(actor).filter(wanted, valid_until=None).select_related("parent")
    first = Case(
        When(name__iexact=text, then=Value(0)), When(name__istartswith=text, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    return list(rows.order_by(first, "level", "path")[:PLACES])


def hit(row: Report | Problem, asked: Question, text: str) -> Hit:
    return Hit(row, marked(row.title, asked), excerpt(text, asked))


def marked(text: str, asked: Question) -> Parts:
    cuts = [(word.start(), word.end()) for word in WORD.finditer(text.lower()) if asked.finds(word.group())]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return [(text[start:end], at % 2 == 1) for at, (start, end) in enumerate(pairwise(edges)) if end > start]


def excerpt(text: str, asked: Question) -> Parts:
    """The text around the first word that was found, or its beginning."""
    at = next((word.start() for word in WORD.finditer(text.lower()) if asked.finds(word.group())), 0)
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if text.find(" ", end) >= 0 else len(text)
    return [("… ", False)] * (start > 0) + marked(text[start:end], asked) + [(" …", False)] * (end < len(text))
