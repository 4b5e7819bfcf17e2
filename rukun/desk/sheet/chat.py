"""The sheet as a message for WhatsApp: short, and of what has to be shielded a number alone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.desk.sheet.document import NOTHING, Item, Sheet, Unreached
from rukun.web.context import is_practice

MOST = 5


def text(sheet: Sheet) -> str:
    heading = _("Sheet of %(unit)s") % {"unit": sheet.unit}
    parts = [
        _("Practice: nothing here is real.") if is_practice() else "",
        f"*{heading}*\n{sheet.period.words()}",
        sheet.lead,
    ]
    if sheet.decisions:
        numbered = [f"{number}. {asked.text}" for number, asked in enumerate(sheet.decisions, 1)]
        parts.append(block(_("Asked of the %(chief)s") % {"chief": sheet.asked_of}, numbered))
    parts.append(listed(_("Solved (%d)") % len(sheet.solved), sheet.solved))
    parts.append(listed(_("Past their day (%d)") % len(sheet.late), sheet.late))
    far = [place_line(place) for place in sheet.unreached[:MOST]]
    heading = _("Not reached for more than %(days)d days (%(n)d of %(all)d places)")
    words = heading % {"days": sheet.long, "n": len(sheet.unreached), "all": sheet.places}
    parts.append(block(words, far + more(len(sheet.unreached) - len(far))) if far else "")
    parts.append(block(_("Numbers"), [figure_line(sheet)]))
    return "\n\n".join(part for part in parts if part)


def listed(heading: str, items: Sequence[Item]) -> str:
    if not items:
        return ""
    return block(heading, [line(item) for item in items[:MOST]] + more(len(items) - MOST))


def block(heading: str, lines: list[str]) -> str:
    return f"*{heading}*\n" + "\n".join(lines)


def line(item: Item) -> str:
    """What is shielded is its number and how late it is, and not a word more."""
    late = ngettext("%d day late", "%d days late", item.days) % item.days if item.days is not None else ""
    said = [item.number] if item.shielded else [item.title, item.place, item.note]
    return "- " + ", ".join(part for part in (*said, late) if part)


def place_line(place: Unreached) -> str:
    days = ngettext("%d day", "%d days", place.days) % place.days if place.days is not None else _("never")
    return f"- {place.name}{', ' + place.above if place.above else ''}: {days}, {place.why}"


def figure_line(sheet: Sheet) -> str:
    waiting = ngettext("%d report without an answer", "%d reports without an answer", len(sheet.unanswered)) % len(sheet.unanswered)
    return "\n".join(
        [f"- {figure.label if figure.value == NOTHING else f'{figure.value} {figure.label}'}" for figure in sheet.figures]
        + [f"- {waiting}"]
    )


def more(count: int) -> list[str]:
    return [_("- and %d more in rukun") % count] if count > 0 else []
