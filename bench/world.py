"""A country full of reports, made in minutes: real areas where a folder of territory data is named, else invented ones.

`python bench/world.py [--reports 1000000] [--territory FOLDER] [--province 13]` builds it in RUKUN_DATA (or RUKUN_DATABASE) once;
bench/speed.py measures it. Everything is written straight into the tables, in the name of maintenance: no act took place.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

import beside
import bulk

DAYS = 730
PASSWORD = "!"  # nobody signs in with it; the bench sets its own sessions
SINCE = date(2020, 1, 1)
MATTERS = {
    "CRM-03": (
        "Motor hilang di parkiran {}",
        "Satu motor hilang dari parkiran {} saat magrib, kunci stang dirusak. Parkiran tidak dijaga.",
    ),
    "CRM-01": ("Ternak hilang di {}", "Seekor sapi milik warga hilang dari kandang dekat {}, jejaknya menuju jalan besar."),
    "ORD-01": ("Balap liar di jalan {}", "Remaja balapan di jalan dekat {} setiap malam Minggu, warga terganggu dan takut melintas."),
    "ORD-03": ("Warung menjual tuak di {}", "Beberapa warung dekat {} menjual minuman keras sampai larut, pernah ada keributan."),
    "CON-01": ("Sengketa tanah ulayat di {}", "Dua kaum berselisih batas tanah dekat {}, pertemuan adat belum menghasilkan kesepakatan."),
    "CON-03": ("Perselisihan tetangga di {}", "Dua keluarga bertetangga dekat {} berselisih soal saluran air, sudah dua kali ribut."),
    "ENV-01": ("Tanah longsor dekat {}", "Hujan lebat menimbulkan longsor kecil dekat {}, jalan tertutup separuh badan."),
    "ENV-04": ("Lampu jalan padam di {}", "Lampu jalan dekat {} padam dua minggu, jalan berlubang dan gelap, rawan kecelakaan."),
    "CYB-01": ("Penipuan daring menimpa warga {}", "Warga sekitar {} ditipu lewat pesan singkat yang mengaku bank, uangnya hilang."),
    "SVC-02": ("Poskamling {} tidak aktif", "Ronda di poskamling {} berhenti sejak bulan lalu karena jadwal tidak dibuat."),
    "VUL-01": ("Pertengkaran di rumah dekat {}", "Warga mendengar pertengkaran berulang di satu rumah dekat {}."),
    "ELC-05": ("Alat peraga rusak di {}", "Beberapa alat peraga kampanye dekat {} ditemukan rusak pagi hari."),
}
PLACES = ("pasar", "surau", "masjid raya", "sekolah dasar", "simpang tiga", "lapau", "jembatan", "balai nagari", "puskesmas", "lapangan")


@dataclass(slots=True)
class World:
    """What was built, as numbers and keys."""

    villages: list[tuple[int, str, str]] = field(default_factory=list)  # key, path, time zone
    unit_of: dict[str, int] = field(default_factory=dict)  # district path -> Polsek
    officer_of: dict[str, int] = field(default_factory=dict)  # district path -> who walks it
    chief_of: dict[str, int] = field(default_factory=dict)  # district path -> Kanit


def build(reports: int, territory: Path | None, provinces: Sequence[str], say: Any = print) -> None:
    from django.core.management import call_command

    from rukun.audit.door import maintenance
    from rukun.fieldwork import counts
    from rukun.fieldwork.models import Report
    from rukun.territory.models import Area

    call_command("migrate", verbosity=0)
    if Report.objects.exists():
        beside.fill(partial(step, say))
        say("The world is built already.")
        return
    bulk.quick()
    if not Area.objects.exists():
        if territory:
            arguments = [argument for code in provinces for argument in ("--province", code)]
            call_command("territory", "import", str(territory), *arguments, "--skip-bad", str(Path(os.environ["RUKUN_DATA"]) / "bad.csv"))
        else:
            invent()
    world = World()
    stand_up(world)
    say(f"{len(world.villages):,} villages, {len(world.unit_of):,} Polsek")
    step(say, "reports", lambda: fill_reports(world, reports))
    step(say, "visits", lambda: fill_visits(world, reports // 2))
    step(say, "problems", lambda: fill_problems(world, min(len(world.unit_of) * 4, reports // 20)))
    step(say, "the book", lambda: fill_book(world, reports // 2))
    beside.fill(partial(step, say))
    step(say, "counts", counts.rebuild)
    try:
        from rukun.search import index
    except ImportError:
        pass
    else:
        step(say, "search", lambda: index.rebuild())
    with maintenance("bench"):
        bulk.settle()


def step(say: Any, what: str, work: Any) -> None:
    started = time.monotonic()
    work()
    say(f"{what}: {time.monotonic() - started:.0f} s")


# --- who and where -----------------------------------------------------------------------------------------------------------------


def invent() -> None:
    """38 provinces, 494 regencies, some 7,000 districts, 84,000 villages."""
    from rukun.access.scope import system
    from rukun.territory import services

    chance = random.Random(1)
    rows: list[tuple[Any, ...]] = []
    for province in range(11, 49):
        latitude, longitude = chance.uniform(-9, 4), chance.uniform(96, 139)
        rows.append((f"{province}", f"Provinsi {province}", "province", latitude, longitude, None, None))
        for regency in range(1, 14):
            rows.append((f"{province}.{regency:02d}", f"Kabupaten {province}{regency:02d}", "regency", latitude, longitude, None, None))
            for district in range(1, 16):
                code = f"{province}.{regency:02d}.{district:02d}"
                rows.append((code, f"Kecamatan {code}", "district", latitude, longitude, None, None))
                rows += [
                    (f"{code}.2{village:03d}", f"Desa {village} {code}", "desa", latitude + chance.gauss(0, 0.4), longitude + chance.gauss(0, 0.4), 3000, 20.0)
                    for village in range(1, 13)
                ]  # fmt: skip
    services.add_areas(system("bench"), None, rows=rows, origin="bench")


def stand_up(world: World) -> None:
    """The police: Mabes, a Polda for each province, a Polres for each regency, a Polsek for each district, and their people."""
    from rukun.territory.models import Area

    areas = list(Area.objects.filter(level__lte=4).order_by("path").values_list("pk", "path", "level", "name", "time_zone"))
    units: list[tuple[Any, ...]] = [(1, "MABES", "Mabes Polri", "mabes", None, "1", "", "Asia/Jakarta", None)]
    held: list[tuple[int, int]] = []
    at: dict[str, tuple[int, str]] = {"": (1, "1")}
    last: dict[str, int] = {}
    widths, kinds = {1: 2, 2: 2, 3: 3}, {1: "polda", 2: "polres", 3: "polsek"}
    for pk, path, level, name, zone in areas:
        if level == 4:
            world.villages.append((pk, path, zone))
            continue
        above = at[path[:-2]]
        last[above[1]] = last.get(above[1], 0) + 1
        unit, unit_path = len(units) + 1, f"{above[1]}{last[above[1]]:0{widths[level]}d}"
        at[path] = (unit, unit_path)
        units.append((unit, f"U{unit_path}", f"{kinds[level].capitalize()} {name}", kinds[level], above[0], unit_path, "", zone, None))
        held.append((unit, pk))
        if level == 1:
            held.append((1, pk))
        if level == 3:
            world.unit_of[path] = unit
    bulk.load("territory_unit", "id, code, name, kind, parent_id, path, phone, time_zone, closed_on", units)
    bulk.load("territory_jurisdiction", "unit_id, area_id, valid_from, valid_until", ((unit, area, SINCE, None) for unit, area in held))
    people(world, at)


def people(world: World, at: dict[str, tuple[int, str]]) -> None:
    """One who walks each district, its Kanit, a Kasat for each regency, a Kapolda's director, and an analyst of the nation."""
    posts: list[tuple[str, int, str]] = [("analyst", 1, ""), ("auditor", 1, "")]
    for path, (unit, _unit_path) in at.items():
        if len(path) == 6:
            posts += [("village_officer", unit, path), ("sector_unit_head", unit, path)]
        elif len(path) == 4:
            posts.append(("resort_unit_head", unit, path))
        elif len(path) == 2:
            posts.append(("regional_director", unit, path))
    now = datetime.now(UTC)
    officers = list(enumerate(posts, start=1))
    bulk.load(
        "officers_account",
        "id, nrp, password, email, is_active, created_at, last_login",
        ((pk, f"{10_000_000 + pk}", PASSWORD, "", True, now, None) for pk, _ in officers),
    )
    bulk.load(
        "officers_officer",
        "id, account_id, name, rank, function, unit_id, left_on",
        ((pk, pk, f"Petugas {pk}", "Aipda", "Binmas", unit, None) for pk, (_, unit, _p) in officers),
    )
    bulk.load(
        "officers_assignment", "id, officer_id, role, unit_id, valid_from, valid_until, basis, stands_in_for_id",
        ((pk, pk, role, unit, SINCE, None, "", None) for pk, (role, unit, _p) in officers),
    )  # fmt: skip
    for pk, (role, _unit, path) in officers:
        if role == "village_officer":
            world.officer_of[path] = pk
        elif role == "sector_unit_head":
            world.chief_of[path] = pk
    first = {path[:6]: pk for pk, path, _ in reversed(world.villages)}
    bulk.load(
        "officers_assignment_areas",
        "assignment_id, area_id",
        ((officer, first[path]) for path, officer in world.officer_of.items() if path in first),
    )


# --- what happened -----------------------------------------------------------------------------------------------------------------


def moments(count: int, chance: random.Random) -> Iterator[datetime]:
    """Evenly through two years, the oldest first."""
    now = datetime.now(UTC) - timedelta(hours=1)
    start = now - timedelta(days=DAYS)
    for at in range(count):
        yield start + timedelta(days=DAYS) * (at / count) + timedelta(seconds=chance.random())


def fill_reports(world: World, count: int) -> None:
    chance, codes = random.Random(2), list(MATTERS)
    villages = chance.sample(world.villages, len(world.villages))
    weights = [1 / (1 + at / 2000) for at in range(len(villages))]  # a few places report much, most a little
    chosen = chance.choices(range(len(villages)), weights, k=count)
    now = datetime.now(UTC)
    middles = located()

    def rows() -> Iterator[Sequence[Any]]:
        for at, moment in enumerate(moments(count, chance)):
            pk, path, _zone = villages[chosen[at]]
            code = codes[int(chance.random() ** 1.5 * len(codes))]
            place = chance.choice(PLACES)
            title, facts = (text.format(f"{place} {at % 97}") for text in MATTERS[code])
            read = now - moment > timedelta(days=2) or chance.random() < 0.6
            stage = chance.choices(("PG", "AG", "GN"), (5, 3, 2))[0] if read and chance.random() < 0.8 else ""
            latitude, longitude = middles.get(pk, (None, None))
            if chance.random() < 0.5 or latitude is None or longitude is None:
                latitude = longitude = None
            else:
                latitude, longitude = round(latitude + chance.gauss(0, 0.004), 6), round(longitude + chance.gauss(0, 0.004), 6)
            yield (
                bulk.timed_id(moment, chance), world.officer_of[path[:6]], None, pk, world.unit_of[path[:6]], f"{place} {at % 97}", latitude, longitude,
                moment - timedelta(hours=chance.random() * 30), moment, title, facts, "", "told", code if chance.random() < 0.95 else None, stage,
                chance.randint(1, 5) if stage else None, "", "", None, False, "sector_unit_head", moment, "", None, False,
            )  # fmt: skip

    columns = (
        "id, officer_id, recorded_by_id, area_id, unit_id, place, latitude, longitude, happened_at, received_at, title, facts, opinion, basis,"
        "code_id, stage, severity, source_grade, content_grade, assessed_by_id, practice, desk, desk_since, risen_from, corrects_id, identity_removed"
    )
    bulk.load("fieldwork_report", columns, rows())
    bulk.load(
        "fieldwork_reading",
        "report_id, officer_id, at",
        ((key, chief, moment + timedelta(hours=3)) for key, chief, moment in handled(world, 0.99)),
    )
    bulk.load(
        "fieldwork_answer", "report_id, officer_id, kind, text, forwarded_to, at",
        ((key, chief, "acted", "Malam ini patroli singgah.", "", moment + timedelta(hours=5)) for key, chief, moment in handled(world, 0.97)),
    )  # fmt: skip


def located() -> dict[int, tuple[float | None, float | None]]:
    from rukun.territory.models import Area

    return {
        pk: (latitude, longitude) for pk, latitude, longitude in Area.objects.filter(level=4).values_list("pk", "latitude", "longitude")
    }


def handled(world: World, share: float) -> Iterator[tuple[Any, int, datetime]]:
    """Reports that their Kanit has dealt with: the older, the surer."""
    from rukun.fieldwork.models import Report

    chance, until = random.Random(3), datetime.now(UTC) - timedelta(days=2)
    rows = Report.objects.order_by("pk").values_list("pk", "area__path", "received_at")
    for key, path, moment in rows.iterator(bulk.CHUNK):
        if moment < until and chance.random() < share:
            yield key, world.chief_of[path[:6]], moment


def fill_visits(world: World, count: int) -> None:
    chance = random.Random(4)

    def rows() -> Iterator[Sequence[Any]]:
        for moment in moments(count, chance):
            pk, path, _zone = chance.choice(world.villages)
            yield (
                bulk.timed_id(moment, chance), world.officer_of[path[:6]], None, pk, "visit", "public", chance.choice(PLACES), moment, moment, 4, False,
                "Warga bercerita soal ronda.", False, None, False,
            )  # fmt: skip

    columns = (
        "id, officer_id, recorded_by_id, area_id, kind, place_kind, place, made_at, received_at, people, nothing_said, narrative, practice,"
        "corrects_id, identity_removed"
    )
    bulk.load("fieldwork_visit", columns, rows())


def fill_problems(world: World, count: int) -> None:
    from rukun.fieldwork.models import Report

    chance, now = random.Random(5), datetime.now(UTC)
    rows = list(
        Report.objects.exclude(code=None).order_by("pk").values_list("pk", "area", "area__path", "title", "code", "received_at")[:400_000]
    )
    begun = chance.sample(rows, min(count, len(rows)))
    problems, areas, members, stories, actions = [], [], [], [], []
    for pk, (report, area, path, title, code, moment) in enumerate(begun, start=1):
        solved = chance.random() < 0.7
        step = "solved" if solved else chance.choice(("scanning", "analysis", "response", "assessment"))
        due = (now + timedelta(days=chance.randint(-10, 40))).date()
        chief, walker = world.chief_of[path[:6]], world.officer_of[path[:6]]
        problems.append((
            pk, f"B/{pk}", title, code, chance.choice(("PG", "AG", "GN")), 3, step, world.unit_of[path[:6]], chief if chance.random() < 0.8 else None, chief,
            "Parkiran gelap dan tidak dijaga.", moment, due, None, now if solved else None, "solved" if solved else "", "Warga menjaga." if solved else "",
        ))  # fmt: skip
        areas.append((pk, area))
        members.append((pk, report))
        stories += [
            (pk, "noted", "", f"Sudah dibicarakan {at} kali.", None, None, None, None, chief, moment + timedelta(days=at))
            for at in range(4)
        ]
        actions.append((pk, "Patroli malam di tempat itu", walker, due, chief, moment, now if solved else None, "", None, ""))
    from rukun.problems.rules import Happening, Outcome

    happening, outcome = next(iter(Happening.values)), next(iter(Outcome.values))
    bulk.load(
        "problems_problem",
        "id, number, title, code_id, stage, severity, step, unit_id, owner_id, opened_by_id, analysis, opened_at, due, reminded_on, solved_at, outcome, outcome_text",
        ((*row[:15], outcome if row[14] else "", row[16]) for row in problems),
    )  # fmt: skip
    bulk.load("problems_problem_areas", "problem_id, area_id", areas)
    bulk.load("problems_problem_reports", "problem_id, report_id", members)
    bulk.load(
        "problems_entry",
        "problem_id, happening, step, text, day, person_id, report_id, action_id, officer_id, at",
        ((row[0], happening, *row[2:]) for row in stories),
    )
    bulk.load(
        "problems_action",
        "problem_id, text, officer_id, due, given_by_id, given_at, finished_at, result, withdrawn_at, withdrawn_because",
        actions,
    )


def fill_book(world: World, count: int) -> None:
    """Lines in the book, not sealed: what they prove is measured elsewhere."""
    chance = random.Random(6)

    def rows() -> Iterator[Sequence[Any]]:
        for at, moment in enumerate(moments(count, chance), start=1):
            _pk, path, _zone = chance.choice(world.villages)
            yield (
                moment, f"officer:{world.officer_of[path[:6]]}", "village_officer", "service", "report.receive", f"fieldwork.report:{at}", path, "",
                True, b"0" * 32, b"0" * 32, b"0" * 16, None,
            )  # fmt: skip

    bulk.load("audit_entry", "at, actor, role, purpose, act, object, path, unit, simulated, commitment, leaf, tag, idx", rows())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--territory", type=Path, help="a folder of territory data; without it 84,000 villages are invented")
    parser.add_argument("--province", action="append", default=[])
    asked = parser.parse_args()
    import django

    django.setup()
    build(asked.reports, asked.territory, asked.province)


if __name__ == "__main__":
    main()
