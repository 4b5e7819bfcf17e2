"""A visit or a report as words that may leave the house: guarded, without a point on the map, and of some kinds a number alone."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils import formats, translation
from django.utils.text import capfirst

from rukun.audit.models import Entry
from rukun.fieldwork.models import Code, Report, Visit
from rukun.fieldwork.rules import REMOVED, PlaceKind, suggest
from rukun.guard import read
from rukun.lib import clock
from rukun.officers.hats import held, title_of
from rukun.officers.rules import FIELD_ROLES, Role
from rukun.sharing.models import Wording
from rukun.sharing.rules import wording
from rukun.sharing.rules.sealed import is_sealed, number_of, without_points
from rukun.sharing.rules.wording import Kind
from rukun.territory.models import Area, Unit
from rukun.territory.rules import DISTRICT, SUBUNIT
from rukun.web.context import is_practice

DATA = Path(__file__).parent / "data"
PRACTICE = "*[LATIHAN – bukan kejadian sebenarnya]*"
SEALED = "*Mohon ijin Komandan,*\nada 1 (satu) {what}, No. *{number}*.\nIsi hanya di aplikasi rukun."
ONLY_HERE = "Isi hanya di aplikasi rukun, No. {number}"

# what is sent is Indonesian, whatever language the page is read in
GIAT = {
    "visit": "sambang / DDS", "meeting": "tatap muka dengan warga", "listening": "Jumat Curhat", "outreach": "pembinaan dan penyuluhan (binluh)",
    "event": "menghadiri kegiatan masyarakat", "watch_post": "sambang poskamling", "coordination": "koordinasi tiga pilar",
    "service": "pelayanan kepolisian",
}  # fmt: skip
SOURCES = {"saw": "dilihat sendiri oleh petugas", "told": "keterangan warga", "rumour": "kabar yang beredar, belum dipastikan"}
SPOTS = {
    PlaceKind.HOUSEHOLD: "rumah warga", PlaceKind.BOARDING: "rumah kos", PlaceKind.BUSINESS: "tempat usaha", PlaceKind.SCHOOL: "sekolah",
    PlaceKind.WORSHIP: "rumah ibadah", PlaceKind.LAPAU: "lapau", PlaceKind.OFFICE: "kantor wali nagari/desa", PlaceKind.PUBLIC: "tempat umum",
}  # fmt: skip

Record = Visit | Report


def kind_of(record: Record) -> Kind:
    return Kind.VISIT if isinstance(record, Visit) else Kind.REPORT


def number(record: Record) -> str:
    return number_of("K" if isinstance(record, Visit) else "L", str(record.pk))


def unit_of(record: Record) -> Unit:
    """Whose wording it takes: the unit that answers for the place, else the officer's own."""
    return Unit.objects.covering(record.area.path, record.area.today()).first() or record.officer.unit


def default(kind: str) -> str:
    return (DATA / f"{kind}.txt").read_text(encoding="utf-8").strip()


def wording_for(unit: Unit, kind: str) -> str:
    used = Wording.objects.used_by(unit, kind)
    return used.text if used else default(kind)


def inherited(unit: Unit, kind: str) -> str:
    """Whose wording a unit without one of its own uses; empty where it is the one that rukun brings."""
    used = Wording.objects.used_by(unit.parent, kind) if unit.parent else None
    return used.unit.name if used else ""


def message(record: Record) -> str:
    """What is sent: the unit's wording, filled in; of sealed kinds the number alone; marked where it is practice."""
    if sealed(record):
        what = "catatan kunjungan" if isinstance(record, Visit) else "laporan deteksi dini"
        text = SEALED.format(what=what, number=number(record))
    else:
        unit = unit_of(record)
        text = wording.fill(wording_for(unit, kind_of(record)), values(record, unit))
    return marked(text, practice=record.practice)


def marked(text: str, *, practice: bool) -> str:
    return f"{PRACTICE}\n\n{text}\n\n{PRACTICE}" if practice or is_practice() else text


def sealed(record: Record) -> bool:
    """Whether only its number is shared: by its kinds, or where nobody has said the kind, by its words."""
    if isinstance(record, Report):
        named = [record.code_id, *record.other_codes.values_list("pk", flat=True)]
        return is_sealed(named if record.code_id else [*named, likely(f"{record.title} {record.facts}")])
    concerns = list(record.concerns.select_related("report"))
    named = [*record.topics.values_list("pk", flat=True), *(concern.report.code_id for concern in concerns if concern.report)]
    return is_sealed(named + [concern.code_id or likely(concern.text) for concern in concerns])


def likely(text: str) -> str | None:
    """The kind that words point to first."""
    found = suggest(text, {code.pk: code.label_id for code in Code.objects.all()}, most=1)
    return found[0] if found else None


def values(record: Record, unit: Unit) -> dict[str, str]:
    """Every blank with what stands in it; all free text is guarded."""
    with translation.override("id"):
        at = record.made_at if isinstance(record, Visit) else record.happened_at
        said = of_visit(record) if isinstance(record, Visit) else of_report(record)
        when = moment(at.astimezone(record.area.zone), record.area, uncertain=record.time_uncertain)
        return when | place(record) | who(record, unit) | said | {"nomor": number(record)}


def moment(at: datetime, area: Area, *, uncertain: bool) -> dict[str, str]:
    doubt = " (waktu tidak pasti)" if uncertain else ""
    hour = clock.now().astimezone(area.zone).hour
    greeting = next((part for until, part in ((3, "malam"), (11, "pagi"), (15, "siang"), (18, "sore")) if hour < until), "malam")
    return {
        "salam": f"Selamat {greeting}", "hari": formats.date_format(at, "l"), "tanggal": formats.date_format(at, "j F Y"),
        "tanggal_angka": formats.date_format(at, "d-m-Y"), "jam": formats.date_format(at, "H.i") + doubt, "zona": area.zone_name,
        "waktu": formats.date_format(at, "d-m-Y, H.i") + f" {area.zone_name}{doubt}",
    }  # fmt: skip


def place(record: Record) -> dict[str, str]:
    area = record.area
    village = area.parent if area.level == SUBUNIT and area.parent else area
    district = village.parent if village.parent and village.parent.level == DISTRICT else None
    parts = [named(area)] if area.level == SUBUNIT else []
    parts += [named(village)] + ([f"Kec. {district.name}"] if district else [])
    spot = clean(record.place) or (SPOTS.get(PlaceKind(record.place_kind), "") if isinstance(record, Visit) and record.place_kind else "")
    return {
        "wilayah": ", ".join(parts), "tempat": ", ".join([capfirst(spot), *parts] if spot else parts), "tempat_kata": capfirst(spot),
        "desa": named(village), "bagian": named(area) if area.level == SUBUNIT else "", "kecamatan": district.name if district else "",
    }  # fmt: skip


def named(area: Area) -> str:
    """ "Jorong Pasar"; "RW 01", whose name says already what it is."""
    label = str(area.get_kind_display()).split(" (")[0]
    return area.name if area.name.lower().startswith(label.lower()) else f"{label[:1].upper()}{label[1:]} {area.name}"


def who(record: Record, unit: Unit) -> dict[str, str]:
    officer = record.officer
    return {
        "pangkat": officer.rank, "nama": officer.name, "jabatan": duty(record), "satuan": unit.name,
        "satuan_atas": unit.parent.name if unit.parent else "",
    }  # fmt: skip


def duty(record: Record) -> str:
    """As what the officer serves there: "Bhabinkamtibmas Nagari Aia Baliang", "Kanit Binmas Koto Rimbo"."""
    terms = held(record.officer, record.area.today())
    here = [term for term in terms if any(record.area.path.startswith(root.path) for root in term.areas.all())] or terms
    if not here:
        return record.officer.function
    if here[0].role in FIELD_ROLES:
        village = record.area.parent if record.area.level == SUBUNIT and record.area.parent else record.area
        return f"{Role(here[0].role).label} {named(village)}"
    return title_of(here[:1])


def of_visit(visit: Visit) -> dict[str, str]:
    said = [clean(concern.text) for concern in visit.concerns.order_by("pk")]
    promises = [
        f"{text} (paling lambat {formats.date_format(promise.due, 'j F Y')})"
        for promise in visit.promises.order_by("pk")
        if (text := clean(promise.text))
    ]
    told = [text for text in said if text]
    if told:
        heard = ("Warga menyampaikan:\n" if len(told) > 1 else "Warga menyampaikan: ") + wording.enumerated(told)
    else:
        heard = "Petugas menemui warga. Tidak ada hal yang disampaikan." if visit.nothing_said else "Uraian tidak disertakan."
    return {
        "kegiatan": GIAT[visit.kind], "jumlah": str(visit.people) if visit.people else "", "janji": wording.enumerated(promises),
        "uraian": heard,
    }  # fmt: skip


def of_report(report: Report) -> dict[str, str]:
    return {
        "judul": clean(report.title), "uraian": clean(report.facts), "pendapat": clean(report.opinion),
        "sumber": SOURCES[report.basis], "jenis": f"{report.code.label_id} ({report.code_id})" if report.code else "",
    }  # fmt: skip


def clean(text: str) -> str:
    """Free text as it may be shared: identities replaced, what may be no subject left out, no point on the map."""
    return without_points(read(text).offered).strip() if text.strip() and text != REMOVED else ""


def pieces(record: Record, names: Iterable[str]) -> dict[str, str]:
    """What each named value is, for BOS; of sealed kinds the words are its number."""
    known = values(record, unit_of(record))
    if sealed(record):
        known |= dict.fromkeys(("uraian", "judul", "pendapat", "janji", "tempat_kata", "tempat"), "")
        known["uraian"] = ONLY_HERE.format(number=number(record))
    return {name: known.get(name, "") for name in names}


def last_shared(record: Record, noted: str) -> datetime | None:
    """When it was last shared, as the book knows."""
    entry = Entry.objects.of(record).filter(act=noted).order_by("-pk").first()
    return entry.at if entry else None
