"""What is recorded in the field and what must be filled in; pure, no query in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from rukun.territory.rules import VILLAGE, ancestors


class VisitKind(TextChoices):
    VISIT = "visit", _("Visit (sambang)")
    MEETING = "meeting", _("Face-to-face meeting")
    LISTENING = "listening", _("Jumat Curhat (listening session)")
    OUTREACH = "outreach", _("Outreach (penyuluhan)")
    EVENT = "event", _("Presence at a community event")
    WATCH_POST = "watch_post", _("Neighbourhood watch post")
    COORDINATION = "coordination", _("Three-pillar coordination")
    SERVICE = "service", _("Police service")


class PlaceKind(TextChoices):
    HOUSEHOLD = "household", _("Home")
    BOARDING = "boarding", _("Boarding house")
    BUSINESS = "business", _("Place of business")
    SCHOOL = "school", _("School")
    WORSHIP = "worship", _("Place of worship")
    LAPAU = "lapau", _("Lapau or coffee stall")
    OFFICE = "office", _("Nagari or village office")
    PUBLIC = "public", _("Public place")


class Basis(TextChoices):
    SAW = "saw", _("I saw it myself")
    TOLD = "told", _("Residents told me")
    RUMOUR = "rumour", _("A rumour going round")


class Stage(TextChoices):
    """Perkap stages of a disturbance: potensi, ambang, gangguan nyata."""

    POTENTIAL = "PG", _("Potential")
    THRESHOLD = "AG", _("Threshold")
    ACTUAL = "GN", _("Actual")


class Severity(IntegerChoices):
    SLIGHT = 1, _("1, slight")
    MINOR = 2, _("2, minor")
    MODERATE = 3, _("3, moderate")
    SERIOUS = 4, _("4, serious")
    GRAVE = 5, _("5, grave")


class AnswerKind(TextChoices):
    ACTED = "acted", _("Acted on")
    ANSWERED = "answered", _("Answered")
    FORWARDED = "forwarded", _("Forwarded")
    NOTED = "noted", _("Noted")


class Counted(TextChoices):
    """What is counted beside the reports."""

    REPORT = "report", _("Report")
    INCIDENT = "incident", _("Incident brought in")
    VISIT = "visit", _("Visit")


SENSITIVE_GROUPS = ("VUL", "ELC")
SENSITIVE_CODES = frozenset({"CON-06"})


def is_sensitive(code: str) -> bool:
    """Kinds that are only ever a number of a village: people at home, voters, worshippers would be pointed at by a place."""
    return code[:3] in SENSITIVE_GROUPS or code in SENSITIVE_CODES


def is_searched(codes: Iterable[str]) -> bool:
    """What people at risk went through is not looked for by words."""
    return not any(code.startswith("VUL") for code in codes)


def counted_in(path: str, code: str) -> list[str]:
    """The areas in which a report of this place counts, the country ("") first; what is sensitive never below the village."""
    above = ["", *ancestors(path)]
    return above[: VILLAGE + 1] if is_sensitive(code) else above


SOURCE_GRADES = "ABCDEF"  # A reliable … F cannot be judged
CONTENT_GRADES = "123456"  # 1 confirmed … 6 cannot be judged
REMOVED = "—"  # what stands where a text was made unreadable
UNREAD_LIMIT = timedelta(hours=24)
URGENT_LIMIT = timedelta(hours=1)
REMINDED_FOR = timedelta(days=14)  # what has been late for longer is on the desk, and no longer news


def is_urgent(stage: str, severity: int | None, *, danger: bool = False) -> bool:
    """Whether a report may wait an hour at most: an actual disturbance, severity 4 to 5, or nobody has assessed it and it sounds like danger now."""
    return stage == Stage.ACTUAL or (severity or 0) >= Severity.SERIOUS or (danger and not stage)


def rises_at(since: datetime, stage: str, severity: int | None, *, danger: bool = False) -> datetime:
    """When a report that nobody has read goes one level up: 24 hours after `since`, one hour where it is urgent."""
    return since + (URGENT_LIMIT if is_urgent(stage, severity, danger=danger) else UNREAD_LIMIT)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: shared words over all words (Jaccard 1901), words of three letters and more."""
    first, second = words(one), words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def words(text: str) -> set[str]:
    """The lower-case words of three letters and more."""
    cleaned = "".join(letter.lower() if letter.isalnum() else " " for letter in text)
    return {word for word in cleaned.split() if len(word) >= 3}


# everyday words, Indonesian, chat and Minang, that point to a code; besides these the labels of the taxonomy count
EVERYDAY: dict[str, str] = {
    "CRM-01": "curi maling hilang ternak sapi kerbau kabau ayam taranak cilok dicilok",
    "CRM-02": "bobol dibobol kios gudang rumah kosong congkel dicongkel",
    "CRM-03": "motor mobil ranmor curanmor parkir parkiran honda onda kunci stang scooter r2 r4",
    "CRM-04": "jambret begal rampas todong rampok dijambret",
    "CRM-05": "pukul dipukul keroyok dikeroyok aniaya bacakak lempar",
    "CRM-06": "tipu ditipu gelap arisan investasi",
    "CRM-07": "rusak dirusak bakar dibakar coret dicoret",
    "CRM-08": "pungli peras preman palak dipalak",
    "VUL-01": "kdrt suami istri bentak rumah tangga",
    "VUL-02": "cabul lecehkan pelecehan perkosa",
    "VUL-03": "anak ditelantarkan perundungan bully rundung",
    "VUL-04": "tppo pekerja migran calo tki",
    "VUL-05": "hilang orang lansia odgj bunuh diri tersesat pikun",
    "ORD-01": "balap balapan liar brong knalpot trek trekan kebut",
    "ORD-02": "tawuran bolos pelajar siswa janjian smk sma geng",
    "ORD-03": "miras tuak mabuk mabuak oplosan",
    "ORD-04": "judi taruhan koa kartu sabung",
    "ORD-05": "narkoba sabu ganja pil transaksi",
    "ORD-06": "asusila prostitusi mesum",
    "ORD-07": "orgen bising keramaian musik pesta tengah malam",
    "CON-01": "tanah ulayat pusako kaum mamak sertifikat",
    "CON-02": "batas jorong gapura nagari patok wilayah",
    "CON-03": "tetangga got pagar sawah irigasi air kebun",
    "CON-04": "waris keluarga kamanakan dunsanak",
    "CON-05": "utang piutang pinjam tagih",
    "CON-06": "rumah ibadah izin ibadah",
    "CON-07": "kelompok pemuda ejek saling serang antarjorong",
    "CON-08": "kebun plasma tambang buruh perusahaan upah",
    "CON-09": "dana desa nagari perangkat bumnag bansos",
    "CYB-01": "tautan link apk saldo rekening daring online otp",
    "CYB-02": "pinjol pinjaman penagih teror",
    "CYB-03": "slot judol",
    "CYB-04": "hoaks kabar bohong grup wa",
    "ENV-01": "banjir galodo longsor gempa air naik batang gadang",
    "ENV-02": "kebakaran api asap lahan karhutla",
    "ENV-03": "peti emas alat berat kayu gelondongan tambang liar",
    "ENV-04": "lampu jalan gelap padam lubang berlubang tikungan laka kecelakaan jatuh",
    "SVC-01": "gas elpiji beras pupuk ktp langka",
    "SVC-02": "ronda pos poskamling siskamling jadwal fkpm",
    "SVC-03": "patroli hadir jaga bantuan polisi",
    "SVC-04": "terima kasih saran apresiasi",
}


def suggest(text: str, labels: dict[str, str], most: int = 3) -> list[str]:
    """Codes that a text may be about, best first; `labels` maps codes to their labels. A word that points to few codes counts more
    (inverse document frequency, Spärck Jones 1972)."""
    said = words(text)
    known = {code: words(f"{label} {EVERYDAY.get(code, '')}") for code, label in labels.items()}
    spread = {word: sum(word in told for told in known.values()) for word in said}
    weighed = {code: sum(1 / spread[word] for word in said & told) for code, told in known.items()}
    return [code for code, weight in sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0])) if weight >= 0.3][:most]
