"""The one-time sign-in sheet on paper: A4 to be cut, folded and handed over, with a QR code that opens the right page."""

import csv
import io
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import segno
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from rukun.officers.models import Invite
from rukun.officers.rules import in_fours
from rukun.web.context import practice_place

PAGE = Path(__file__).parent / "templates" / "officers" / "sheet.typ"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet. It holds a secret: it is printed and forgotten."""

    nrp: str
    name: str
    unit: str
    code: str
    until: str
    address: str  # for a person to type
    link: str  # for the QR code: NRP and code stand behind the #, which no browser sends anywhere


def of(sheet: Invite, address: str) -> Sheet:
    officer, code = sheet.account.officer, sheet.code  # type: ignore[attr-defined]  # set by the act that printed it
    page = address.rstrip("/") + reverse("officers:sheet")
    until = formats.date_format(sheet.expires_at.astimezone(officer.unit.zone), "j F Y")
    return Sheet(sheet.account.nrp, str(officer), officer.unit.name, in_fours(code), until, page, f"{page}#{sheet.account.nrp}.{code}")


def words() -> dict[str, str]:
    return {
        "title": _("Your sign-in sheet"),
        "how": _("Open this address, type your NRP and this code, and choose your own password. Or point the camera of your phone at the square."),
        "nrp": _("NRP"), "code": _("Code"), "address": _("Address"), "until": _("Works once, until"),
        "keep": _("Hand it over in person, in a closed envelope. Whoever holds this sheet can sign in as you. After use, tear it up."),
        "practice": practice_place(),
        "alt": _("Square code with the address, your NRP and the code"),
    }  # fmt: skip


def pdf(sheets: list[Sheet]) -> bytes:
    import typst  # heavy: only who prints pays for it

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.typ").write_text(PAGE.read_text())
        for number, sheet in enumerate(sheets):
            segno.make(sheet.link, error="m").save(str(Path(folder, f"{number}.svg")), border=0, scale=4)
        data = json.dumps({"words": words(), "sheets": [asdict(sheet) for sheet in sheets]}, ensure_ascii=False)
        return typst.compile(str(Path(folder, "sheet.typ")), sys_inputs={"data": data}, ignore_system_fonts=True)


def table(sheets: list[Sheet]) -> str:
    """The same as CSV, for a unit that prints its own letters."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["nrp", "name", "unit", "code", "until", "address"])
    rows.writerows([sheet.nrp, sheet.name, sheet.unit, sheet.code, sheet.until, sheet.address] for sheet in sheets)
    return text.getvalue()
