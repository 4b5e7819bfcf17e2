"""What can be done with history: a file is opened, its rows are written a chunk at a time, it is closed; and it can be withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.history.models import Batch, Change, Incident, Share
from rukun.history.reading import Fact
from rukun.history.rules import Channel, Precision, precision_of
from rukun.lib import clock
from rukun.territory.models import Unit

SLICE = 2000  # rows that are looked up at once
COMPARED = (
    "area_id", "path", "precision", "latitude", "longitude", "happened_on", "happened_time", "code_id", "stage", "severity", "text",
)  # fmt: skip


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


@dataclass(slots=True)
class Tally:
    """What became of the rows: read = new + unchanged + changed + rejected, always."""

    read: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    rejected: int = 0
    coarser: int = 0  # stand at a wider area than they name
    guarded: int = 0  # came with a text of which not everything may be kept


@act("batch.open", records=("source", "channel", "file", "sha256"))
def open_batch(actor: Actor, unit: Unit | None, *, source: str, channel: str, file: str, sha256: str, mapping: str = "") -> Batch:
    """A file is about to be brought in; `unit` owns it and may withdraw it, none: the country."""
    if not source.strip():
        raise NotPossible(_("Say from whom the table comes: --source, or `source` in the mapping."))
    return Batch.objects.create(
        channel=Channel(channel), source=source.strip()[:80], file=file[:200], sha256=sha256, mapping=mapping, at=clock.now(),
        owner=unit.path if unit else "", brought_by_id=actor.officer_id,
    )  # fmt: skip


@act("report.import", records=("batch",))
def receive(actor: Actor, subject: Batch, *, batch: Batch, facts: Sequence[Fact], tally: Tally) -> Many | None:
    """A chunk of incidents, all or none. What is known and the same is left; what differs is changed, and what it was is kept."""
    if batch.withdrawn_at or batch.done_at:
        raise NotPossible(_("This file has been closed."))
    known = already(batch.source, [fact.reference for fact in facts])
    new, changed, before = [], [], []
    for fact in facts:
        there = known.get(fact.reference)
        if there is None:
            new.append(written(Incident(batch=batch, channel=batch.channel, source=batch.source, reference=fact.reference), fact))
            continue
        was = snapshot(there)
        written(there, fact)
        if snapshot(there) != was:
            changed.append(there)
            before.append(Change(batch=batch, incident=there, before=was))
    if other := next((row for row in changed if row.channel != batch.channel), None):
        raise NotPossible(
            _("“%(source)s” was brought in as %(channel)s before. Name the source otherwise.")
            % {"source": batch.source, "channel": other.get_channel_display()}
        )
    Incident.objects.bulk_create(new)
    Incident.objects.bulk_update(changed, [name.removesuffix("_id") for name in COMPARED], batch_size=500)
    Change.objects.bulk_create(before)
    tally.new += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(facts) - len(new) - len(changed)
    return Many([*new, *changed], told=str(batch.pk)) if new or changed else None


def already(source: str, references: Sequence[str]) -> dict[str, Incident]:
    found: dict[str, Incident] = {}
    for start in range(0, len(references), SLICE):
        rows = Incident.objects.filter(source=source, reference__in=references[start : start + SLICE])
        found |= {row.reference: row for row in rows}
    return found


def written(incident: Incident, fact: Fact) -> Incident:
    standing = fact.standing
    incident.area, incident.path, incident.precision = standing.area, standing.area.path, standing.precision
    incident.latitude, incident.longitude = standing.latitude, standing.longitude
    incident.happened_on, incident.happened_time = fact.happened_on, fact.happened_time
    incident.code_id, incident.stage, incident.severity, incident.text = fact.code, fact.stage, fact.severity, fact.text
    return incident


def snapshot(incident: Incident) -> dict[str, Any]:
    return {name: getattr(incident, name) for name in COMPARED}


def restored(incident: Incident, before: dict[str, Any]) -> Incident:
    columns = {column.attname: column for column in Incident._meta.concrete_fields}
    for name, value in before.items():
        setattr(incident, name, columns[name].to_python(value))
    return incident


@act("batch.close", records=("new", "changed", "rejected"))
def close_batch(actor: Actor, batch: Batch, *, tally: Tally, reasons: dict[str, int], new: int, changed: int, rejected: int) -> Batch:
    """All rows have been read: what came of them, and which regencies they touch."""
    Share.objects.filter(batch=batch).delete()
    Share.objects.bulk_create(Share(batch=batch, path=row["home"], count=row["n"]) for row in spread(batch))
    batch.counts, batch.reasons, batch.done_at = asdict(tally), reasons, clock.now()
    batch.save(update_fields=["counts", "reasons", "done_at"])
    return batch


def spread(batch: Batch) -> Iterable[Mapping[str, Any]]:
    touched = Incident.objects.filter(batch=batch) | Incident.objects.filter(pk__in=Change.objects.filter(batch=batch).values("incident"))
    return touched.annotate(home=Substr("path", 1, 4)).values("home").annotate(n=Count("pk")).order_by("home").iterator()


@act("report.withdraw", records=("why", "incidents"))
def withdraw(actor: Actor, batch: Batch, *, why: str, incidents: int = 0) -> Batch | None:
    """The file was wrong: what it brought goes, what it changed becomes what it was. What a later file says stays, as that file's."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.withdrawn_at:
        return None
    if not why.strip():
        raise NotPossible(_("Please say in a few words why."))
    put_back(batch)
    hand_on(batch)
    while gone := list(Incident.objects.filter(batch=batch).values_list("pk", flat=True)[:SLICE]):
        Incident.objects.filter(pk__in=gone).delete()
    batch.withdrawn_at = clock.now()
    batch.save(update_fields=["withdrawn_at"])
    return batch


def put_back(batch: Batch) -> None:
    """What the file changed: as it was, or, where a later file changed it again, that file's “before”."""
    later = {
        change.incident_id: change
        for change in Change.objects.filter(incident__in=batch.changes.values("incident"), batch__gt=batch.pk).order_by("-batch")
    }
    rows, changes = [], []
    for change in batch.changes.exclude(incident__batch=batch).select_related("incident"):
        if after := later.get(change.incident_id):
            after.before = change.before
            changes.append(after)
        else:
            rows.append(restored(change.incident, change.before))
    Incident.objects.bulk_update(rows, [name.removesuffix("_id") for name in COMPARED], batch_size=500)
    Change.objects.bulk_update(changes, ["before"], batch_size=500)
    batch.changes.all().delete()


def hand_on(batch: Batch) -> None:
    """What the file brought and a later one told anew belongs to the later one from now on."""
    first: dict[int, Change] = {}
    for change in Change.objects.filter(incident__batch=batch).select_related("incident").order_by("batch"):
        first.setdefault(change.incident_id, change)
    for change in first.values():
        change.incident.batch_id = change.batch_id
    Incident.objects.bulk_update([change.incident for change in first.values()], ["batch"], batch_size=500)
    Change.objects.filter(pk__in=[change.pk for change in first.values()]).delete()


@act("incident.erase", records=("basis",))
def erase_incident(actor: Actor, incident: Incident, *, basis: str) -> Incident | None:
    """On somebody's right: what is told of it goes, here and in what an earlier file said; place, day and kind stay."""
    earlier = list(incident.changes.all())
    if not incident.text and not any(change.before.get("text") for change in earlier):
        return None
    incident.text = ""
    incident.save(update_fields=["text"])
    for change in earlier:
        change.before = change.before | {"text": ""}
    Change.objects.bulk_update(earlier, ["before"])
    erasures.remember(erasures.Erased("history.incident", str(incident.pk)))
    return incident


@erasures.replays("history.incident", tables=("history_incident", "history_change"))
def erase_incidents_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for incident in Incident.objects.filter(pk__in=[one.key for one in erased]).select_related("area"):
        erase_incident(actor, incident, basis=erasures.AGAIN)


@act("incident.blank", records=("before",))
def blank_incidents(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """What was told of old incidents goes, and their points; area, day and kind stay, and are counted on."""
    told = ~Q(text="") | Q(precision=Precision.POINT)
    rows = list(Incident.objects.filter(told, batch__at__lt=before).select_related("area").order_by("pk")[:SLICE])
    for row in rows:
        row.text, row.latitude, row.longitude = "", None, None
        row.precision = precision_of(row.area.level) if row.precision == Precision.POINT else row.precision
    Incident.objects.bulk_update(rows, ["text", "latitude", "longitude", "precision"], batch_size=500)
    Change.objects.filter(batch__at__lt=before).delete()
    return Many(rows) if rows else None
