"""A unit's own wording of what is sent to WhatsApp: which blanks it may hold, what is wrong with it, and how it is filled in."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 3000
BLANK = re.compile(r"\{([^{}\n]*)\}")
# a sentence that says all is well must be said by somebody who has looked, never by a form
FOREGONE = re.compile(r"\b(kondusif|aman\s+(?:dan\s+)?terkendali|aman\s+dan\s+tertib)\b", re.I)


class Kind(TextChoices):
    """What is told: a visit, or a report."""

    VISIT = "kunjungan", gettext_lazy("Visit")
    REPORT = "laporan", gettext_lazy("Report")


COMMON: dict[str, Promise] = {
    "salam": gettext_lazy("the greeting of the hour: “Selamat pagi”"),
    "hari": gettext_lazy("“Senin”"),
    "tanggal": gettext_lazy("“2 Maret 2026”"),
    "jam": gettext_lazy("“09.00”"),
    "zona": gettext_lazy("“WIB”"),
    "tempat": gettext_lazy("the place in words, with jorong, nagari and district"),
    "wilayah": gettext_lazy("jorong, nagari and district alone"),
    "pangkat": gettext_lazy("the officer's rank"),
    "nama": gettext_lazy("the officer's name"),
    "jabatan": gettext_lazy("“Bhabinkamtibmas Nagari Aia Baliang”"),
    "satuan": gettext_lazy("the unit"),
    "satuan_atas": gettext_lazy("the unit above"),
    "uraian": gettext_lazy("what residents said, or what happened"),
    "nomor": gettext_lazy("the number of the record in rukun"),
}
BLANKS: dict[str, dict[str, Promise]] = {
    Kind.VISIT: COMMON | {
        "kegiatan": gettext_lazy("“sambang / DDS”"),
        "jumlah": gettext_lazy("how many people, where it was counted"),
        "janji": gettext_lazy("what was promised, with the days"),
    },
    Kind.REPORT: COMMON | {
        "judul": gettext_lazy("the report in one line"),
        "sumber": gettext_lazy("how it is known"),
        "jenis": gettext_lazy("what kind it is"),
        "pendapat": gettext_lazy("what the officer thinks of it"),
    },
}  # fmt: skip


def faults(text: str, kind: str) -> list[str]:
    """What keeps this wording from being used, in sentences; empty when nothing does."""
    known = BLANKS[kind]
    found = [misnamed(name, known) for name in dict.fromkeys(BLANK.findall(text)) if name not in known]
    if "{" in BLANK.sub("", text) or "}" in BLANK.sub("", text):
        found.append(_("A brace is open or alone: a blank is written like {tempat}."))
    if word := FOREGONE.search(text):
        found.append(_("“%s” can't stand in a wording: nobody has looked yet. Whoever was there says so in the report.") % word[0])
    if len(text) > LONGEST:
        found.append(_("This wording is longer than %s characters.") % LONGEST)
    return found


def misnamed(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name.strip().lower(), list(known), n=1)
    if near:
        return _("There is no blank {%(name)s}. Do you mean {%(near)s}?") % {"name": name, "near": near[0]}
    return _("There is no blank {%s}.") % name


def fill(text: str, values: Mapping[str, str]) -> str:
    """The wording with its blanks filled in. A line, or a whole paragraph, of which every blank is empty is left out."""
    paragraphs = []
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip()):
        if is_empty(paragraph, values):
            continue
        lines = [line for line in paragraph.split("\n") if not is_empty(line, values)]
        paragraphs.append("\n".join(BLANK.sub(lambda blank: values.get(blank[1], ""), line).rstrip() for line in lines))
    return "\n\n".join(paragraphs)


def is_empty(text: str, values: Mapping[str, str]) -> bool:
    names = BLANK.findall(text)
    return bool(names) and not any(values.get(name, "") for name in names)


def enumerated(items: list[str]) -> str:
    """One thing as it is, several with numbers."""
    if len(items) < 2:
        return "".join(items)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
