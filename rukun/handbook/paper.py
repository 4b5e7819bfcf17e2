"""A handbook as PDF: one A4 page, in the language of whoever asks."""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.handbook.sheets import Reader, handbook
from rukun.web.context import practice_place

PAGE = Path(__file__).parent / "templates" / "handbook" / "page.typ"


def pdf(reader: Reader) -> bytes:
    import typst  # heavy: only who prints pays for it

    data = {
        "lang": (get_language() or "id")[:2],
        "page": handbook(reader).plain(),
        "from": _("From the pages of rukun, as they are now."),
        "practice": practice_place(),
    }
    return typst.compile(str(PAGE), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True)
