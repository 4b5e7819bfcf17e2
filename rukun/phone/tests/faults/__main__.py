"""Builds a house, or takes one that stands; fills eight phones; lets weather and kills loose; counts. Prints the matrix as JSON."""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=50, help="the most items in one request")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--photo-kills", type=int, default=0)
    parser.add_argument("--phones", type=int, default=8)
    parser.add_argument("--delay", type=float, default=2.0)
    parser.add_argument("--crawl", type=int, default=3000, help="bytes that go at 1 kB/s")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--data", type=Path, help="a data folder in which the named world stands")
    parser.add_argument("--trace", action="store_true", help="count the syncs with strace, where it is there")
    return parser.parse_args()


def main() -> None:
    wanted = asked()
    data = wanted.data or Path(tempfile.mkdtemp(prefix="rukun-faults-"))
    os.environ |= {"RUKUN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "rukun.site.settings", "RUKUN_SECOND_FACTOR": "none"}
    import django

    django.setup()
    if wanted.data is None:
        build()
    told = run(wanted, data)
    json.dump(told, sys.stdout, indent=1)
    print()
    sys.exit(0 if sound(told) else 1)


def build() -> None:
    from django.core.management import call_command

    from rukun.demo.cast import cast

    call_command("migrate", verbosity=0)
    cast()


def sound(told: dict[str, Any]) -> bool:
    count, photo = told["count"], told.get("photos", {"photos": 0, "intact": 0})
    zeros = ("lost", "acknowledged but missing", "not acknowledged", "doubled", "strange", "in need of attention", "book differs",
             "items differ", "counters differ", "sent differs", "damaged")  # fmt: skip
    return all(count[name] == 0 for name in zeros) and photo["photos"] == photo["intact"]


def run(wanted: argparse.Namespace, data: Path) -> dict[str, Any]:
    from django.db import connection

    from rukun.phone import jobs
    from rukun.phone.tests.faults import house, ledger, weather

    dice = random.Random(wanted.seed)
    server = house.House(data, house.free_port(), traced=wanted.trace and house.can_trace()).start()
    air = weather.Weather(server.port, wanted.seed, delay=wanted.delay, crawl=wanted.crawl)
    hands = equipped(wanted, air.port, dice)
    for number, hand in enumerate(hands):
        hand.fill(wanted.items // len(hands) + (number < wanted.items % len(hands)))
    started = time.monotonic()
    storm(
        wanted,
        server,
        [(hand.work, (wanted.batch,)) for hand in hands],
        wanted.kills,
        wanted.items,
        lambda: sum(len(hand.phone.acknowledged) for hand in hands),
        dice,
    )
    took = time.monotonic() - started
    item_kills = server.kills
    time.sleep(wanted.delay * 1.6)  # what was to be replayed later has been
    told: dict[str, Any] = {"database": connection.vendor, "seconds": round(took, 1), "kills": item_kills}
    if wanted.photos:
        told["photo seconds"], told["photo kills"] = photographed(wanted, server, hands, dice)
        jobs.attach_photos.call()  # as the worker does every hour
    server.stop()
    air.close()
    told |= {
        "count": ledger.counted(hands),
        "weather": dict(air.done),
        "answers": dict(sum((hand.said for hand in hands), start=type(hands[0].said)())),
    }
    if wanted.photos:
        told["photos"] = ledger.developed(hands)
    told |= {"safeguards": ledger.safeguards(), "items per second": round(wanted.items / max(took, 0.001))}
    if server.traced:
        told |= {"syncs": server.syncs(), "answers with an acknowledgement": told["answers"].get("200", 0)}
    return told


def equipped(wanted: argparse.Namespace, port: int, dice: random.Random) -> list[Any]:
    """Phones of officers of the named world, each with the places in which they serve."""
    from rukun.officers.hats import actor_for
    from rukun.officers.models import Officer
    from rukun.officers.rules import FIELD_ROLES
    from rukun.phone import keys
    from rukun.phone.api.admission import admitted
    from rukun.phone.reference import areas
    from rukun.phone.services import devices
    from rukun.phone.tests.faults.fleet import Hand, over_the_line
    from rukun.phone.tests.model import Phone

    serving = list(Officer.objects.filter(assignments__role__in=FIELD_ROLES).distinct().order_by("pk"))
    hands = []
    for number in range(wanted.phones):
        officer = serving[number % len(serving)]
        phone = Phone(over_the_line(port))
        device = devices.enrol(actor_for(officer), officer, label=f"HP {number}", key=keys.compact(phone.private.public_key()))
        hands.append(Hand(phone.admitted(admitted(device)), [area["path"] for area in areas(officer)], random.Random(dice.random())))
    return hands


def photographed(wanted: argparse.Namespace, server: Any, hands: list[Any], dice: random.Random) -> tuple[float, int]:
    for number, hand in enumerate(hands):
        share = wanted.photos // len(hands) + (number < wanted.photos % len(hands))
        hand.carry([picture(dice) for _ in range(share)])
    before, started = server.kills, time.monotonic()
    storm(
        wanted,
        server,
        [(hand.send_photos, ()) for hand in hands],
        wanted.photo_kills,
        wanted.photos,
        lambda: sum(len(hand.landed) for hand in hands),
        dice,
    )
    return round(time.monotonic() - started, 1), server.kills - before


def picture(dice: random.Random) -> bytes:
    """A photo as a phone shrinks it, unlike any other."""
    import io

    from PIL import Image

    small = Image.frombytes("RGB", (40, 30), dice.randbytes(3600))
    sent = io.BytesIO()
    small.resize((1000, 750)).save(sent, "JPEG", quality=dice.randint(70, 92))
    return sent.getvalue()


def storm(wanted: argparse.Namespace, server: Any, jobs: list[Any], kills: int, goal: int, done: Any, dice: random.Random) -> None:
    """All hands at once; each time a share of the work is done, the server is killed."""
    stop, until = threading.Event(), time.monotonic() + wanted.minutes * 60
    threads = [threading.Thread(target=work, args=(stop, *more), daemon=True) for work, more in jobs]
    for thread in threads:
        thread.start()
    marks = sorted(dice.uniform(0, goal) for _ in range(kills))
    while any(thread.is_alive() for thread in threads) and time.monotonic() < until:
        if marks and done() >= marks[0]:
            marks.pop(0)
            time.sleep(dice.uniform(0, 0.3))
            server.kill(dice)
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join(120)


if __name__ == "__main__":
    main()
