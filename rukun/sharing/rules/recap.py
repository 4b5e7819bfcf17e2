"""An officer's own month as figures, each with what it is counted of; and as a table that a spreadsheet can't mistake for formulas."""

import csv
import io
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, and the count that it is a part of; `of` None where it is the whole."""

    label: str
    count: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that belong together, and what they are counted of: "14 visits"."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    basis: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recap:
    """One officer's month, for herself."""

    officer: str
    unit: str
    month: str
    period: str
    as_of: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A visit as the recap counts it."""

    kind: str
    place: str
    said: int
    people: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A report as the recap counts it."""

    read: bool
    answered: bool
    in_problem: bool
    solved: bool


@dataclass(frozen=True, slots=True)
class Promised:
    due: date
    kept: bool


def month_of(text: str, today: date) -> date:
    """The first day of the month that "2026-03" names; of the running month for anything else, or for one that has not begun."""
    year, _dash, month = text.partition("-")
    running = today.replace(day=1)
    if not (year.isascii() and year.isdigit() and len(year) == 4 and month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        return running
    return min(date(int(year), int(month), 1), running) if int(year) > 1999 else running


def days_of(month: date, today: date) -> tuple[date, date]:
    """The first and the last day counted: of a running month, today is the last."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return month, min(last, today)


def months_back(today: date, most: int = 13) -> list[date]:
    """The running month and those before it, the newest first."""
    month, months = today.replace(day=1), []
    for _number in range(most):
        months.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return months


def by_count(counted: Iterable[tuple[str, int]], whole: int) -> tuple[Figure, ...]:
    return tuple(Figure(label, count, whole) for label, count in counted)


def visits(rows: Sequence[Met], labels: dict[str, str]) -> tuple[Part, Part]:
    """What they were, and where: both counted of all visits."""
    whole = len(rows)
    basis = _("%s visits") % whole
    kinds = Counter(labels.get(row.kind, row.kind) for row in rows).most_common()
    places = sorted(Counter(row.place for row in rows).items(), key=lambda pair: (-pair[1], pair[0]))
    said = Figure(_("Visits where residents said something"), sum(row.said > 0 for row in rows), whole)
    all_of_them = Figure(_("All visits"), whole)
    return (
        Part("jenis", _("Visits, by what they were"), (all_of_them, *by_count(kinds, whole), said), basis),
        Part("tempat", _("Visits, by place"), by_count(places, whole), basis),
    )


def reports(rows: Sequence[Sent]) -> Part:
    """What became of them, up to the day of counting."""
    whole = len(rows)
    figures = (
        Figure(_("All reports"), whole),
        Figure(_("Read by whoever answers for the place"), sum(row.read for row in rows), whole),
        Figure(_("Answered"), sum(row.answered for row in rows), whole),
        Figure(_("Part of a problem that is worked on, or was"), sum(row.in_problem for row in rows), whole),
        Figure(_("Part of a problem that is solved"), sum(row.solved for row in rows), whole),
    )
    return Part("laporan", _("Reports, and what became of them"), figures, _("%s reports") % whole)


def promises(rows: Sequence[Promised], today: date) -> Part:
    whole = len(rows)
    open_ones = [row for row in rows if not row.kept]
    figures = (
        Figure(_("All promises made on these visits"), whole),
        Figure(_("Kept"), whole - len(open_ones), whole),
        Figure(_("Open, day not passed"), sum(row.due >= today for row in open_ones), whole),
        Figure(_("Open, past their day"), sum(row.due < today for row in open_ones), whole),
    )
    return Part("janji", _("Promises"), figures, _("%s promises") % whole)


def sessions(rows: Sequence[Met], labels: dict[str, str], kinds: Sequence[str]) -> Part:
    """Meetings with many: how many, how many people where it was counted, and how many concerns were heard."""
    held = [row for row in rows if row.kind in kinds]
    counted = [row.people for row in held if row.people is not None]
    figures = (
        Figure(_("All sessions"), len(held)),
        *by_count(Counter(labels.get(row.kind, row.kind) for row in held).most_common(), len(held)),
        Figure(_("Sessions where people were counted"), len(counted), len(held)),
    )
    note = _("%(people)s people in the %(counted)s sessions where they were counted; %(said)s concerns heard in %(held)s sessions.") % {
        "people": sum(counted), "counted": len(counted), "said": sum(row.said for row in held), "held": len(held),
    }  # fmt: skip
    return Part("sesi", _("Sessions"), figures, _("%s sessions") % len(held), note if held else "")


def table(told: Recap) -> str:
    """For Excel as it is set up in Indonesia: semicolons, and a mark in front by which it knows UTF-8."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow([_("part"), _("figure"), _("count"), _("of"), _("counted of"), _("period"), _("as of")])
    for part in told.parts:
        for figure in part.figures:
            of = "" if figure.of is None else figure.of
            rows.writerow(map(plain, [part.title, figure.label, figure.count, of, part.basis, told.period, told.as_of]))
        if part.note:
            rows.writerow(map(plain, [part.title, part.note, "", "", part.basis, told.period, told.as_of]))
    return "\ufeff" + text.getvalue()


def plain(value: object) -> str:
    """A cell that is text and stays text: what a spreadsheet would take for a formula is given an apostrophe."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) else text
