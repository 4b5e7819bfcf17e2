"""The answer as a letter: A4, with what was found and decided, and without a word of it."""

import json
import tempfile
from pathlib import Path

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.lib import clock
from rukun.rights.models import Request
from rukun.rights.records import RECORDS
from rukun.web.context import practice_words
from rukun.web.templatetags.web import clocktime

PAGE = Path(__file__).with_name("letter.typ")


def pdf(request: Request) -> bytes:
    import typst  # heavy: only who prints pays for it

    zone = request.unit.zone
    answered = (request.answered_at or clock.now()).astimezone(zone)
    data = {
        "lang": (get_language() or "id")[:2], "title": _("Answer to a request about personal data"), "unit": request.unit.name,
        "practice": practice_words(),
        "facts": [
            [_("Number"), request.number], [_("What was asked"), str(request.get_kind_display())],
            [_("Received"), clocktime(request.received_at, request.unit.time_zone)],
            [_("Answered"), clocktime(answered, request.unit.time_zone)],
            [_("Outcome"), str(request.get_outcome_display()) + (f" ({request.article})" if request.article else "")],
        ],
        "answer": request.answer.split("\n"), "head": [_("Record"), _("Decision"), _("Reason")],
        "hits": [[kind_of(hit.thing), str(hit.get_decision_display()), hit.reason or "–"] for hit in request.hits.order_by("pk")],
        "sign": _("The data-protection officer"), "to": _("To"), "dated": formats.date_format(answered, "j F Y"),
        "after": _("Your name, your contact and your words were forgotten when this was answered; this letter is the only place where they stand together."),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "letter.typ").write_text(PAGE.read_text())
        return typst.compile(
            str(Path(folder, "letter.typ")), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True
        )


def kind_of(thing: str) -> str:
    return str(RECORDS[thing].called)
