"""A report as it stands in WhatsApp, read into what a form asks. What is not understood is handed back, line by line; nothing is lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from rukun.sharing.rules import moments, places
from rukun.sharing.rules.lines import (
    BULLET,
    CLOSING,
    COURTESY,
    FIRST,
    GREETING,
    REPORTING,
    SAID,
    heading_of,
    is_formula,
    is_sentence,
    label_of,
    tidy,
)
from rukun.sharing.rules.places import Place

MOST = 20_000  # characters; more is no report
LONGEST_PLACE = 120
GIAT: tuple[tuple[str, str], ...] = (
    ("listening", r"jum'?at curhat|minggu kasih|curhat"),
    ("watch_post", r"siskamling|satkamling|poskamling|pos kamling|pos ronda|ronda"),
    ("outreach", r"binluh|bin luh|penyuluhan|pembinaan|sosialisasi|edukasi"),
    ("coordination", r"koordinasi|tiga pilar|3 pilar"),
    ("event", r"pengamanan|pam|menghadiri|kegiatan masyarakat|keramaian"),
    ("service", r"police service|pelayanan"),
    ("visit", r"sambang|dds|door to door|kunjung\w*|anjangsana"),
    ("meeting", r"tatap ?muka|rapat|musyawarah|silaturahmi|pertemuan"),
)
BASES: tuple[tuple[str, str], ...] = (
    ("rumour", r"kabar|rumor|isu|beredar|desas"),
    ("saw", r"lihat|melihat|dilihat|langsung oleh petugas|pantauan|patroli"),
    ("told", r"warga|masyarakat|tokoh|pelapor|korban|saksi|keterangan|informasi"),
)
PEOPLE = re.compile(r"(?<!\d)(\d{1,4})\s*(?:orang|org|warga|peserta|jiwa)\b", re.I)


@dataclass(slots=True)
class Understood:
    """What a text says, for the form; and what is left of it, for the person who pasted it."""

    kind: str = ""
    day: date | None = None
    clock: time | None = None
    areas: tuple[Place, ...] = ()
    place: str = ""
    place_kind: str = ""
    people: int | None = None
    title: str = ""
    basis: str = ""
    facts: list[str] = field(default_factory=list)
    opinion: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)  # greetings, officers, photographs: understood, and no part of the form
    doubts: list[str] = field(default_factory=list)  # "weekday", "zone", "place"

    @property
    def area(self) -> Place | None:
        return self.areas[0] if len(self.areas) == 1 else None


@dataclass(slots=True)
class Told:
    """What stands where a place, a moment or the activity is told; read once all lines are known."""

    place: list[str] = field(default_factory=list)
    moment: list[str] = field(default_factory=list)
    giats: list[str] = field(default_factory=list)

    @property
    def giat(self) -> str:
        return self.giats[0] if self.giats else ""


def read(text: str, known: Sequence[Place], today: date, zones: Sequence[str] = ("WIB",)) -> Understood:
    """Reads a text line by line. `known` are the officer's own places, `zones` the names of the time where they lie."""
    lines = [line for line in map(tidy, text[:MOST].replace("\r", "").split("\n")) if line]
    found, told, section = Understood(), Told(), ""
    free = not any(heading_of(line) for line in lines)
    for line in lines:
        section = take(line, section, found, told, today, free=free)
    settle(found, told, " ".join(lines), known, today, zones)
    return found


def take(line: str, section: str, found: Understood, told: Told, today: date, *, free: bool) -> str:
    """Puts one line where it belongs, and says in which section the next one stands. `free`: a text without headings."""
    if heading := heading_of(line):
        return heading
    if COURTESY.match(line):
        polite, line = apart(line)
        found.aside.append(polite)
        if not line:
            return section
    opens = REPORTING.match(line) or re.match(r"(?:hasil\s+)?(?:giat|kegiatan)\s+(?=\w)", line, re.I)
    if opens and section != "facts" and not told.giat:
        opening(line[opens.end() :], found, told)
        return section
    label, rest = label_of(line)
    if label in {"moment", "place", "giat", "title", "people"} and not (section == "facts" and told.moment):
        return value(label, rest, line, section, found, told, today)
    if label in {"officers", "facts", "promises", "opinion", "photos", "source"}:
        return begun(label, rest, line, section, found)
    words(line, section or ("free" if free or (label != "?" and is_sentence(line)) else ""), found, told, today)
    return section


def apart(line: str) -> tuple[str, str]:
    """A courtesy, and what stands behind it in the same line: a whole report follows a greeting without a new line."""
    greeting = GREETING.match(line) or re.match(r".*?[.!?]\s+", line)
    rest = line[greeting.end() :] if greeting else ""
    return (line[: len(line) - len(rest)].strip(), rest) if is_sentence(rest) else (line, "")


def opening(said: str, found: Understood, told: Told) -> None:
    """ "melaporkan giat sambang di Jorong Pasar, warga resah …": first what it was, then perhaps the whole story in one breath."""
    clause, *rests = FIRST.split(re.sub(r"\bdi wilayah hukum\b.*?(?=[.,]|$)", "", said), maxsplit=1)
    rest = "".join(rests)
    told.giats += [giat] if (giat := clause.strip(" .:")) else []
    if not kind_of(told.giat) and len(told.giat.split()) > 6:
        rest = said
    for sentence in re.split(r"(?<=[.!?])\s+", rest.strip(" .")):
        if moments.without_moment(sentence):
            fact(sentence, found)


def value(label: str, rest: str, line: str, section: str, found: Understood, told: Told, today: date) -> str:
    """A label with its value: the moment, the place, what it was, how many. What a value says besides is handed back."""
    if label == "moment":
        told.moment.append(clocked(rest, line))
        if rest and (
            len(moments.without_moment(rest)) > 3 or not (is_moment(clocked(rest, line), today) or moments.weekday_in(rest) is not None)
        ):
            found.unknown.append(line)
    elif label == "place":
        told.place.append(rest)
        return section if rest else "place"
    elif label == "giat":
        told.giats += [rest] if rest else []
    elif label == "title":
        if found.title and rest:
            found.unknown.append(line)
        found.title = found.title or rest
    else:
        number = re.search(r"\d{1,4}", rest)
        found.people = int(number[0]) if number else found.people
        if not re.fullmatch(r"(?:\+|±|kurang lebih|sekitar)?\s*\d{1,4}\s*(?:orang|org|warga|peserta|jiwa)?\.?", rest, re.I):
            found.unknown.append(line)
    return section


def begun(label: str, rest: str, line: str, section: str, found: Understood) -> str:
    """A section that begins with its first words in the same line: "Uraian : warga menyampaikan …"."""
    if label == "source":
        found.basis = next((basis for basis, pattern in BASES if re.search(rf"\b(?:{pattern})\b", rest, re.I)), "")
        found.aside.append(line)
        return section
    if label in {"officers", "photos"}:
        found.aside.append(line)
    elif label == "opinion" and rest:
        found.opinion.append(rest)
    elif rest:
        fact(rest, found)
    return label


def words(line: str, section: str, found: Understood, told: Told, today: date) -> None:
    """A line without a label, by the section in which it stands."""
    if section in {"facts", "free", "promises"}:
        fact(line, found)
    elif section == "opinion":
        found.opinion.append(BULLET.sub("", line))
    elif section in {"officers", "photos"}:
        found.aside.append(line)
    elif section == "place":
        told.place.append(line)
    elif section == "moment":
        beside(line, found, told, today)
    else:
        found.unknown.append(line)


def beside(line: str, found: Understood, told: Told, today: date) -> None:
    """A line under "Pelaksanaan" without a label: a moment, a place, or both."""
    bare = BULLET.sub("", line)
    at = re.search(r"\b(?:ber)?tempat\s+di\b|\bdi\b", bare)
    if is_moment(bare, today) or moments.weekday_in(bare) is not None:
        told.moment.append(clocked(bare))
        where = moments.without_clock(bare[at.end() :]) if at else ""
        if where:
            told.place.append(where)
        besides = moments.without_moment(bare[: at.start()] + bare[at.end() + len(where) + 1 :] if at else bare)
        if len(besides) > (0 if at else 3):
            found.unknown.append(line)
    elif at and at.start() == 0:
        told.place.append(bare[at.end() :].strip())
    else:
        found.unknown.append(line)


def clocked(text: str, line: str = "") -> str:
    """An hour that begins its line, or stands behind "Jam :", is one, even where no "pukul" stands before it."""
    labelled = re.match(r"\W*(?:\w{1,3}[.)]\s*)?(?:pukul|pkl|jam)\b", line, re.I) and text[:1].isdigit()
    return f"pukul {text}" if labelled or re.match(r"\d{1,2}[.:]\d{2}(?!\d|[.:-]\d)", text) else text


def is_moment(line: str, today: date) -> bool:
    return bool(moments.day_in(line, today) or moments.clock_in(clocked(line)) is not None or moments.day_around(line, today))


def fact(line: str, found: Understood) -> None:
    """One thing that was said or happened; a formula of calm, or that nothing was said, is none."""
    said = SAID.sub("", BULLET.sub("", line)).strip()
    if closing := CLOSING.search(said):
        found.aside.append(closing[0].strip())
        said = said[: closing.start()].strip()
    if said:
        (found.aside if is_formula(said) else found.facts).append(said)


def settle(found: Understood, told: Told, text: str, known: Sequence[Place], today: date, zones: Sequence[str]) -> None:
    """What needs all lines: the moment, the place, the kind, the line that says it all."""
    moment = ", ".join(told.moment)
    found.day = moments.day_in(moment, today) or moments.day_in(text, today) or moments.day_around(text, today)
    # "sampai pukul 2" in a story is no answer to "when"; an hour counts beside a day, or where the moment is told
    found.clock = moments.clock_in(moment or (text if moments.day_in(text, today) else ""))
    named = ", ".join(part for part in told.place if part)
    found.areas = tuple(places.guess(named or told.giat, text, known))
    found.place = places.spot(named, known)
    if len(found.place) > LONGEST_PLACE:
        found.unknown.append(found.place)
        found.place = ""
    found.place_kind = places.kind_of(found.place)
    found.kind = kind_of(told.giat) or kind_of(text)
    if found.people is None and (counted := PEOPLE.search(f"{told.giat} {moment} {named}")):
        found.people = int(counted[1])
    found.title = found.title or line_of(found.facts[0] if found.facts else told.giat)
    found.aside += [giat for giat in told.giats if not says_the_kind_alone(giat) and not any(giat in fact for fact in found.facts)]
    doubt(found, moment or text, zones)


def doubt(found: Understood, moment: str, zones: Sequence[str]) -> None:
    weekday, zone = moments.weekday_in(moment), moments.zone_in(moment)
    if found.day and weekday is not None and weekday != found.day.weekday():
        found.doubts.append("weekday")
    if zone and zones and zone not in zones:
        found.doubts.append("zone")
    if len(found.areas) > 1:
        found.doubts.append("place")


def kind_of(said: str) -> str:
    plain = places.plain(said)
    return next((kind for kind, pattern in GIAT if re.search(rf"\b(?:{pattern})\b", plain)), "")


def says_the_kind_alone(said: str) -> bool:
    """Whether nothing is left of these words but what kind of visit it was."""
    plain = places.plain(said)
    for _kind, pattern in GIAT:
        plain = re.sub(rf"\b(?:{pattern})\b", " ", plain)
    return not re.sub(r"\b(?:dan|dengan|warga|kepada|binaan|masyarakat)\b", " ", plain).strip()


def line_of(said: str, most: int = 110) -> str:
    """The first sentence, cut at a word where it is long."""
    first = re.split(r"(?<=[.!?])\s", said.strip())[0].rstrip(".")
    return first if len(first) <= most else first[:most].rsplit(" ", 1)[0] + "…"
