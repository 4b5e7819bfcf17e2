"""What a line of a WhatsApp report is: a greeting, a heading, a label with its value, or words."""

import re

SENDER = re.compile(r"^\s*\[?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}[,\s]+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]?\s*(?:-\s*)?[^:\n]{2,60}:\s+")
MARKS = re.compile("[*_~`\u200b-\u200f\u2060\ufe0f\ufeff]")
BULLET = re.compile(r"^\s*(?:[-–—•▪▫●○◦■□►➢➤✓✔☑🔹🔸👉📌📍]+\s*|\(?(?:\d{1,2}|[a-z])[.)]\s+)")
NUMERAL = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2}|[A-Za-z])\s*[.)]\s*(?=\S)")

HEADINGS: tuple[tuple[str, str], ...] = (
    ("moment", r"(?:waktu )?pelaksanaan(?: (?:kegiatan|giat))?|waktu(?: ?(?:dan|&|/) ?tempat)?(?: kejadian| pelaksanaan)?|kejadian"),
    ("officers", r"(?:petugas|pelaksana|personi?e?l)(?: (?:pelaksana|kegiatan|giat|yang terlibat|yang melaksanakan))?"),
    ("facts", r"(?:uraian|hasil|kronologis?|fakta(?:[- ]fakta)?|isi|keterangan|keluhan|masukan|penyampaian)(?: ?(?:/|dan|&) ?(?:uraian|hasil))?"
              r"(?: (?:kegiatan|giat|kejadian|singkat|informasi|laporan|warga|masyarakat|yang dicapai))*"),
    ("promises", r"(?:rencana )?tindak lanjut(?: yang dijanjikan(?: kepada warga)?)?|janji(?: kepada warga)?"),
    ("opinion", r"(?:pendapat|analisa|analisis|saran)(?: (?:petugas|pelapor))?"),
    ("photos", r"dokumentasi|foto(?:-foto)?"),
)  # fmt: skip
LABELS: tuple[tuple[str, str], ...] = (
    ("moment", r"hari(?: ?[/,&]? ?(?:dan )?(?:tanggal|tgl))?(?: ?[/,&]? ?(?:pukul|jam|waktu))?|tanggal|tgl|pukul|pkl|jam|waktu(?: kejadian| pelaksanaan)?"),
    ("place", r"tempat(?: (?:kejadian|kegiatan|giat|pelaksanaan|kejadian perkara))?|lokasi(?: (?:kejadian|kegiatan|giat))?|tkp|alamat"),
    ("giat", r"(?:jenis |nama )?(?:giat|kegiatan)|bentuk kegiatan"),
    ("title", r"perihal|judul|hal"),
    ("people", r"jumlah(?: (?:warga|peserta|orang|hadir|yang hadir))*|peserta|dihadiri(?: oleh)?|audiens"),
    ("source", r"sumber(?: informasi)?|dasar"),
    *((name, pattern) for name, pattern in HEADINGS if name != "moment"),
    ("facts", r"warga menyampaikan|masyarakat menyampaikan"),
    ("officers", r"nama petugas|pangkat|jabatan|nrp|kesatuan|pelapor|dari"),
)  # fmt: skip
COURTESY = re.compile(
    r"^(?:ass?alamu?['’]?ala[iy]kum\b.*|(?:yth\b\.?|kepada\b).*|selamat (?:pagi|siang|sore|malam)\b(?!.*lapor).*"
    r"|(?:m(?:o)?h(?:o)?n )?i[jz]in (?:komandan|ndan|dan|bapak|ibu|pak|bang)?[.,! ]*|(?:demikian|dumm?\b|tembusan|terima ?kasih|tri?ms|wassalam|salam presisi).*"
    r"|(?:mohon|mhn) (?:petunjuk|arahan)\b.*|no\.? ?[lk]-[0-9a-f]{4}-[0-9a-f]{4}|\[?latihan\b.*)$",
    re.I,
)  # fmt: skip
GREETING = re.compile(
    r"^(?:(?:ass?alamu?['’]?ala[iy]kum(?: (?:wr\.?|warahmatullahi) ?(?:wb\.?|wabarakatuh)?)?|selamat (?:pagi|siang|sore|malam)|yth\b\.?|(?:m(?:o)?h(?:o)?n )?i[jz]in"
    r"|komandan|ndan|dan|bapak|bpk|ibu|pak|bang|kapolsek|wakapolsek|kapolres|kanit|kasat|rekan-rekan|rekan)\b(?:[\s,.!:]+|$))+",
    re.I,
)  # fmt: skip
CLOSING = re.compile(
    r"(?<=[.!?])\s+(?:demikian|dumm?|terima ?kasih|tri?ms|wassalam|(?:mohon|mhn) (?:petunjuk|arahan))\b[^.!?]*[.!?]?$", re.I
)
FIRST = re.compile(
    r",|(?<!\bkec)(?<!\bkel)(?<!\bkab)(?<!\bjl)(?<!\bjr)(?<!\bno)(?<!\bds)\.\s+", re.I
)  # where the first clause of a story ends
REPORTING = re.compile(
    r"^(?:(?:ass?alam\S*(?: wr\.? ?wb\.?)?|selamat \w+|yth\S*|m(?:o)?h(?:o)?n|i[jz]in|komandan|ndan|dan|bapak|ibu|pak|bang|kami|saya|bersama ini)[\s,.!:]*)*"
    r"(?:melaporkan|dilaporkan|lapor)\b[\s,:]*(?:bahwa\s+)?(?:(?:hasil|telah dilaksanakan)\s+)?(?:(?:giat|kegiatan)\s+)?",
    re.I,
)  # fmt: skip
CALM = re.compile(r"\b(?:situasi|sitkamtibmas|kamtibmas|keadaan)\b.*\b(?:kondusif|aman|terkendali|nihil)\b", re.I)
NOTHING = re.compile(
    r"^(?:petugas menemui warga[.;,] ?)?(?:(?:tidak|tdk|belum|blm) ada (?:hal|keluhan|masukan|permasalahan|kejadian)(?: (?:yang|yg) \w+)?(?: (?:warga|oleh warga|menonjol))*|nihil)\.?$",
    re.I,
)  # fmt: skip
SAID = re.compile(r"^(?:warga|masyarakat)\s+menyampaikan(?:\s+(?:bahwa|hal(?:-hal)?\s+(?:sbb|sebagai berikut|berikut)))?\s*:\s*", re.I)


def tidy(line: str) -> str:
    """A line without WhatsApp's own marks, and without who sent it when."""
    return re.sub(r"\s+", " ", MARKS.sub("", SENDER.sub("", line))).strip()


def heading_of(line: str) -> str:
    """Which section begins with this line, where it is a heading and nothing else."""
    words = NUMERAL.sub("", line).strip(" :.-")
    return next((name for name, pattern in HEADINGS if re.fullmatch(pattern, words, re.I)), "")


def label_of(line: str) -> tuple[str, str]:
    """The label of a line and what stands behind it: ("place", "Lapau simpang"); "?" for a label that nobody knows, "" for none."""
    head, colon, rest = NUMERAL.sub("", BULLET.sub("", line)).partition(":")
    head = head.strip(" .")
    if not colon or not head or len(head) > 40 or head[-1].isdigit():
        return "", line
    return next((name for name, pattern in LABELS if re.fullmatch(pattern, head, re.I)), "?"), rest.strip()


def is_sentence(line: str) -> bool:
    return len(line.split()) >= 5


def is_formula(words: str) -> bool:
    """That all is calm, or that nothing was said: words that stand in every report, and tell nothing."""
    return bool(NOTHING.match(words)) or (bool(CALM.search(words)) and len(words.split()) <= 14)
