"""The answer as a letter: A4, with what was found and decided, and without a word of it."""

import json
import tempfile
from pathlib import Path

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.rights.models import Request
from rukun.rights.records import RECORDS
from rukun.web.context import practice_words

PAGE = Path(__file__).with_name("letter.typ")


def pdf(request: Request) -> bytes:
    import typst  # heavy: only who prints pays for it

    day = "j F Y H:i"
    zone = request.unit.zone
    data = {
        "lang": (get_language() or "id")[:2], "title": _("Answer to a request about personal data"), "unit": request.unit.name,
        "practice": practice_words(),
        "facts": [
            [_("Number"), request.number], [_("What was asked"), str(request.get_kind_display())],
            [_("Received"), formats.date_format(request.received_at.astimezone(zone), day)],
            [_("Answered"), formats.date_format(request.answered_at.astimezone(zone), day) if request.answered_at else "–"],
            [_("Outcome"), str(request.get_outcome_display()) + (f" ({request.article})" if request.article else "")],
        ],
        "answer": request.answer.split("\n"), "head": [_("Record"), _("Decision"), _("Reason")],
        "hits": [[kind_of(hit.thing), str(hit.get_decision_display()), hit.reason or "–"] for hit in request.hits.order_by("pk")],
        "sign": _("The data-protection officer"),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "letter.typ").write_text(PAGE.read_text())
        return typst.compile(
            str(Path(folder, "letter.typ")), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True
        )


def kind_of(thing: str) -> str:
    return str(RECORDS[thing].called)
