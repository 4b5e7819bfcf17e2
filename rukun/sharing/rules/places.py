"""Which of an officer's own places a text means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

VILLAGE = 10  # digits of a village's path; a sub-unit has more
FAR = ("kec", "kecamatan", "kab", "kabupaten", "kota", "polsek", "polres", "polresta", "polda", "hukum polsek")
LABELS = ("jorong", "nagari", "desa", "kelurahan", "kel", "rw", "rt", "dusun", "korong", "kampung", "lingkungan", "banjar", "kec", "kecamatan", "kab", "kabupaten", "kota", "prov", "provinsi")  # fmt: skip
KINDS_OF_PLACE: tuple[tuple[str, str], ...] = (
    ("lapau", r"lapau|warung kopi|kedai kopi|warkop"),
    ("worship", r"surau|mas?jid|mushall?a|musala|gereja|pura|vihara|klenteng"),
    ("school", r"sekolah|sd|sdn|smp|smpn|sma|sman|smk|smkn|mts|mtsn|man|tk|paud|pesantren"),
    ("boarding", r"kos|kost|kontrakan|asrama"),
    ("office", r"kantor"),
    ("business", r"toko|kios|warung|kedai|bengkel|pabrik|pasar|spbu|bank"),
    ("household", r"rumah|kediaman"),
    ("public", r"simpang|jembatan|lapangan|terminal|poskamling|pos ronda|taman|jalan|balai"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the officer knows it: its path, its name, what it is, and the name of what it lies in."""

    path: str
    name: str
    kind: str
    above: str = ""


def plain(text: str) -> str:
    """Small letters, single gaps; "RW.01" and "RW 1" are the same."""
    text = re.sub(r"[^0-9a-z']+", " ", text.lower()).strip()
    return re.sub(r"\b0+(?=\d)", "", re.sub(r"\b(rw|rt)(?=\d)", r"\1 ", text))


def guess(named: str, text: str, places: Iterable[Place]) -> list[Place]:
    """The places that the words may mean, those that fit best: one where it is clear, several where it is not, none where nothing fits.

    `named` is what stands where a place is told, `text` all of it."""
    known = list(places)
    said = mentioned(plain(text), known, 1)
    for name, strength in mentioned(plain(named), known, 4).items():
        said[name] = max(strength, said.get(name, 0))
    weighed = {place: mark for place in known if (mark := weight(place, said))}
    # who names a jorong and its nagari means the jorong
    inner = {
        place: mark
        for place, mark in weighed.items()
        if not any(other.path != place.path and other.path.startswith(place.path) for other in weighed)
    }
    best = max(inner.values(), default=0)
    return [place for place, mark in inner.items() if mark == best]


def weight(place: Place, said: dict[str, int]) -> int:
    name, above = said.get(plain(place.name), 0), said.get(plain(place.above), 0)
    if name == 1 and not above and len(place.path) > VILLAGE:
        return 0  # "pasar" alone is a word before it is a jorong
    return 10 * name + 5 * above if name else 0


def mentioned(text: str, places: list[Place], strength: int) -> dict[str, int]:
    """Which names a plain text holds: twice as strong with their kind ("jorong pasar"). The longer name is taken first, so that
    "Aia Baliang Ateh" is not "Aia Baliang", and a district or a Polsek of the same name is not the nagari."""
    names = {plain(name) for place in places for name in (place.name, place.above) if name}
    forms = {f"{label} {name}": ("", 0) for name in names for label in FAR}
    forms |= {full(place): (plain(place.name), 2 * strength) for place in places}
    for name in names:
        forms.setdefault(name, (name, strength))
    held: dict[str, int] = {}
    text = f" {text} "
    for form in sorted(forms, key=lambda form: (-len(form.split()), -len(form))):
        if f" {form} " in text:
            text = text.replace(f" {form} ", " | ")
            name, mark = forms[form]
            held[name] = max(mark, held.get(name, 0))
    held.pop("", None)
    return held


def full(place: Place) -> str:
    """ "jorong pasar"; "rw 5", whose name says already what it is."""
    name = plain(place.name)
    return name if name.split()[0] == place.kind else f"{place.kind} {name}"


def spot(named: str, places: Iterable[Place]) -> str:
    """What a told place says besides the names of areas: "Lapau simpang" of "Lapau simpang, Jorong Pasar, Nagari Aia Baliang"."""
    known = {plain(name) for place in places for name in (place.name, place.above) if name}
    parts = [at_the_end(part.strip(" ."), known) for part in re.split(r"[,;\n]", named)]
    return ", ".join(part for part in parts if part and not is_area(part, known))


def at_the_end(part: str, known: set[str]) -> str:
    """A part without the area in which it says it lies: "SMP" of "SMP di Jorong Pasar"."""
    spot, inside, area = part.rpartition(" di ")
    return spot.strip() if inside and is_area(area, known) else part


def is_area(part: str, known: set[str]) -> bool:
    words = plain(part)
    first, _gap, rest = words.partition(" ")
    return words in known or (
        first in LABELS and (rest in known or first in {"kec", "kecamatan", "kab", "kabupaten", "prov", "provinsi", "rt"})
    )


def kind_of(named: str) -> str:
    """What kind of place it is, by its first telling word; empty where none tells."""
    words = plain(named)
    found = [(match.start(), kind) for kind, pattern in KINDS_OF_PLACE if (match := re.search(rf"\b(?:{pattern})\b", words))]
    return min(found)[1] if found else ""
