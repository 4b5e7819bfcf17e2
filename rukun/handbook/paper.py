"""A handbook as PDF: one A4 page, in the language of whoever asks."""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rukun.handbook.sheets import Reader, handbook

PAGE = Path(__file__).parent / "templates" / "handbook" / "page.typ"


def pdf(reader: Reader) -> bytes:
    import typst  # heavy: only who prints pays for it

    data = {"lang": (get_language() or "id")[:2], "page": handbook(reader).plain(), "from": _("From the pages of rukun, as they are now.")}
    return typst.compile(str(PAGE), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True)
