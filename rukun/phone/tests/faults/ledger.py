"""The count afterwards: every item that a phone ever queued, against what the tables, the book and the counters hold."""

from collections import Counter
from typing import Any

from django.db import connection

from rukun.audit.models import Entry
from rukun.fieldwork import counts, photos
from rukun.fieldwork.models import Photo, Report, Visit
from rukun.phone.models import Device, Item, Upload
from rukun.phone.tests.faults.fleet import Hand


def counted(hands: list[Hand]) -> dict[str, Any]:
    """All zeros, where it says lost, doubled or missing."""
    queued = {key for hand in hands for key in hand.made}
    acknowledged = {key for hand in hands for key in hand.phone.acknowledged}
    stored = {str(pk) for model in (Visit, Report) for pk in model.objects.values_list("pk", flat=True)}
    told = Counter(
        key.partition(":")[2] for key in Entry.objects.filter(act__in=("visit.receive", "report.receive")).values_list("object", flat=True)
    )
    items = {str(pk) for pk in Item.objects.values_list("pk", flat=True)}
    return {
        "queued": len(queued), "acknowledged": len(acknowledged), "stored": len(stored & queued),
        "lost": len(queued - stored), "acknowledged but missing": len(acknowledged - stored), "not acknowledged": len(queued - acknowledged),
        "doubled": doubled(queued), "strange": len(stored - queued), "in need of attention": sum(len(hand.phone.tray) for hand in hands),
        "book differs": sum(told[key] != 1 for key in queued) + len(set(told) - queued), "items differ": len(items ^ queued),
        "counters differ": len(counts.differences()), "sent differs": abs(sum(Device.objects.values_list("sent", flat=True)) - len(queued)),
        "damaged": damaged(),
    }  # fmt: skip


def doubled(queued: set[str]) -> int:
    """Two records that say the same: each item has a moment and a place of its own, so that none is alike by chance."""
    rows = Counter(Visit.objects.values_list("officer", "made_at")) + Counter(Report.objects.values_list("officer", "happened_at"))
    return sum(count - 1 for count in rows.values())


def damaged() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return int(cursor.fetchone()[0] != "ok")


def developed(hands: list[Hand]) -> dict[str, Any]:
    """Every photo as we develop it ourselves, against what the server has kept."""
    wanted = {key: (item, content) for hand in hands for key, (item, content) in hand.photos.items()}
    kept = dict(Upload.objects.values_list("pk", "state"))
    intact = 0
    for item, content in wanted.values():
        sha256 = photos.develop(content).sha256
        rows = Photo.objects.filter(sha256=sha256)
        intact += rows.filter(visit=item).exists() or rows.filter(report=item).exists()
    return {
        "photos": len(wanted), "intact": intact, "kept": sum(state == Upload.State.KEPT for state in kept.values()),
        "rows": Photo.objects.count(), "left on the disk": len(list((photos.place_of("00").parents[2] / "uploads").glob("*.part"))),
    }  # fmt: skip


def safeguards() -> dict[str, str]:
    """What the database says of itself: without these no acknowledgement is worth anything."""
    names = ("journal_mode", "synchronous") if connection.vendor == "sqlite" else ("fsync", "synchronous_commit", "full_page_writes")
    said = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            said[name] = str(cursor.fetchone()[0])
    return said
