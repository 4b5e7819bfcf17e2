"""The sheet on paper: one A4 page, however much there is to say; what does not fit is counted and stays in rukun."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any, Literal

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rukun.desk.sheet.document import Item, Sheet, Unreached
from rukun.desk.sheet.period import Period
from rukun.web.context import practice_words

PAGE = Path(__file__).parents[1] / "templates" / "desk" / "sheet.typ"
LONG_WORD = re.compile(r"\w{24,}")
GIVEN = 12  # of each list; the page takes as many as fit


def pdf(sheet: Sheet) -> bytes:
    return bytes(draw(sheet, "pdf"))


def draw(sheet: Sheet, kind: Literal["pdf", "png"]) -> Any:
    import typst  # heavy: only who prints pays for it

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "sheet.typ")
        page.write_text(PAGE.read_text())
        inputs = {"data": breakable(json.dumps(data(sheet), ensure_ascii=False))}
        return typst.compile(page, format=kind, sys_inputs=inputs, ignore_system_fonts=True)


def breakable(text: str) -> str:
    """A word longer than any of ours gets places where a line may end, so that it runs into nothing beside it."""
    return LONG_WORD.sub(lambda found: "\u200b".join(found[0]), text)


def data(sheet: Sheet) -> dict[str, Any]:
    made = formats.date_format(sheet.made_at.astimezone(sheet.period.begins.tzinfo), "j F Y, H.i")
    return {
        "lang": (get_language() or "id")[:2], "unit": sheet.unit, "period": sheet.period.words(), "title": title(sheet.unit, sheet.period), "question": question(),
        "lead": sheet.lead, "decide": _("Asked of the %(chief)s") % {"chief": sheet.asked_of}, "decisions": [asked.text for asked in sheet.decisions],
        "lists": [
            listed(_("Solved, and how"), sheet.solved, _("None in these days.")),
            listed(_("Past their day, and who holds them"), sheet.late, _("None.")),
        ],
        "far": {
            "heading": far_heading(sheet), "head": [_("Place"), _("Last visit"), _("Why")], "rows": [row(place) for place in sheet.unreached[:GIVEN]],
            "total": len(sheet.unreached), "empty": _("Every place was reached within %d days.") % sheet.long,
        },
        "waiting": listed(waiting_heading(sheet), sheet.unanswered, _("Every report has an answer.")),
        "numbers": _("Numbers"), "figures": [[figure.value, figure.label, figure.before] for figure in sheet.figures],
        "more": _("and %d more in rukun").replace("%d", "{}"), "source": sheet.source, "notes": sheet.notes, "made": _("Made %s.") % made,
        "page": _("Page 1 of 1"), "practice": practice_words(),
    }  # fmt: skip


def title(unit: str, period: Period) -> str:
    return _("Sheet of %(unit)s, %(period)s") % {"unit": unit, "period": period.words()}


def question() -> str:
    return _("What is solved, what is held up, what has to be decided?")


def far_heading(sheet: Sheet) -> str:
    counted = {"days": sheet.long, "n": len(sheet.unreached), "all": sheet.places}
    return _("Not reached for more than %(days)d days, and why (%(n)d of %(all)d places)") % counted


def waiting_heading(sheet: Sheet) -> str:
    count = len(sheet.unanswered)
    if not count:
        return _("Reports without an answer")
    return ngettext("%d report without an answer, the oldest first", "%d reports without an answer, the oldest first", count) % count


def listed(heading: str, items: list[Item], empty: str) -> dict[str, Any]:
    lines = [[item.title, " · ".join(part for part in (item.place, item.note) if part), days(item.days)] for item in items[:GIVEN]]
    return {"heading": heading, "items": lines, "total": len(items), "empty": empty}


def days(count: int | None) -> str:
    if count == 0:
        return _("today")
    return "" if count is None else ngettext("%d day", "%d days", count) % count


def row(place: Unreached) -> list[str]:
    name = f"{place.name}, {place.above}" if place.above else place.name
    return [name, days(place.days) or _("no visit on record"), place.why]
