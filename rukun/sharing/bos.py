"""The forms of BOS as this installation maps them, and which of an officer's own records are not in it yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from rukun.access.scope import Actor
from rukun.fieldwork.models import Report, Visit
from rukun.sharing.models import Copied
from rukun.sharing.rules import mapping
from rukun.sharing.rules.mapping import Form, Unusable
from rukun.sharing.rules.wording import Kind
from rukun.sharing.telling import Record, kind_of, pieces

BROUGHT = Path(__file__).parent / "data" / "bos.toml"

_read: dict[tuple[str, int], tuple[Form, ...]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of BOS with what is to be typed there."""

    label: str
    text: str


def own_file() -> Path:
    return Path(settings.DATA) / "bos.toml"


def forms(file: Path) -> tuple[Form, ...]:
    """What a mapping file says; raises Unusable. Read again only when it has changed."""
    key = (str(file), file.stat().st_mtime_ns)
    if key not in _read:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as fault:
            raise Unusable([f"{file.name}: {fault}"]) from None
        _read[key] = mapping.read(text)
    return _read[key]


def in_use() -> tuple[tuple[Form, ...], list[str]]:
    """The forms in use, and what is wrong with this installation's own file: one that can't be used stands aside."""
    if own_file().exists():
        try:
            return forms(own_file()), []
        except Unusable as fault:
            return forms(BROUGHT), fault.sentences
    return forms(BROUGHT), []


def form_for(record: Record) -> Form | None:
    kind = record.kind if isinstance(record, Visit) else ""
    return next((form for form in in_use()[0] if form.takes(kind_of(record), kind)), None)


def answers(record: Record, form: Form) -> list[Answer]:
    """The fields in the order of BOS, each with its text."""
    told = pieces(record, [field.value for field in form.fields if field.value])
    return [Answer(field.label, field.text or told[field.value]) for field in form.fields]


def uncopied_visits(actor: Actor, since: datetime) -> QuerySet[Visit]:
    kinds = [form.kinds for form in in_use()[0] if form.record == Kind.VISIT]
    rows = Visit.objects.within(actor).filter(officer=actor.officer_id, corrected_by=None, practice=False, made_at__gte=since)
    if all(kinds):
        rows = rows.filter(kind__in={kind for each in kinds for kind in each})
    return rows.exclude(pk__in=copied(actor)).select_related("area__parent")


def uncopied_reports(actor: Actor, since: datetime) -> QuerySet[Report]:
    if not any(form.record == Kind.REPORT for form in in_use()[0]):
        return Report.objects.none()
    rows = Report.objects.within(actor).current().filter(officer=actor.officer_id, received_at__gte=since)
    return rows.exclude(pk__in=copied(actor)).select_related("area__parent")


def copied(actor: Actor) -> QuerySet[Copied, object]:
    return Copied.objects.within(actor).values("record")


def lately_copied(actor: Actor, most: int = 10) -> list[tuple[Copied, Record]]:
    """The newest ticks with what they stand for, so that one may be taken back."""
    ticks = list(Copied.objects.within(actor).order_by("-at")[:most])
    keys = [tick.record for tick in ticks]
    known: dict[UUID, Record] = {row.pk: row for row in rows_of(actor, keys)}
    return [(tick, known[tick.record]) for tick in ticks if tick.record in known]


def rows_of(actor: Actor, keys: list[UUID]) -> Iterable[Record]:
    yield from Visit.objects.within(actor).filter(pk__in=keys).select_related("area__parent")
    yield from Report.objects.within(actor).filter(pk__in=keys).select_related("area__parent")
