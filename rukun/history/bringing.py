"""Brings in a file from its first line to its last: read as a mapping says, written a chunk at a time, what can't be kept set aside."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from rukun.access.scope import Actor
from rukun.fieldwork.models import Code
from rukun.history import services
from rukun.history.mapping import BadMapping, Mapping, parsed, usual
from rukun.history.models import Batch
from rukun.history.reading import Fact, Reader
from rukun.history.rules import CHUNK, Channel
from rukun.history.services import Tally
from rukun.lib.table import Aside, Table, opened
from rukun.territory.models import Unit

BLOCK = 1 << 20
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be brought in, and how."""

    path: Path
    mapping: str = ""  # the text of the TOML
    source: str = ""
    channel: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    batch: Batch | None  # None: a rehearsal
    tally: Tally
    aside: Aside


def bring_in(
    actor: Actor, wanted: Wanted, *, rejected: Path | None, rehearsal: bool = False, progress: Progress = lambda rows: None
) -> Outcome:
    aside = Aside(rejected)
    try:
        with opened(wanted.path) as table:
            mapping = settled(wanted, table)
            aside.header = [name for name in table.header if name in mapping.used() or mapping.channel != Channel.LP]
            reader = Reader(actor, mapping, mapping.channel, frozenset(Code.objects.values_list("pk", flat=True)))
            facts = reader.facts(table, aside)
            batch, tally = (None, rehearse(mapping, facts, reader, progress)) if rehearsal else write(
                actor, wanted, mapping, facts, reader, aside, progress
            )  # fmt: skip
    finally:
        aside.close()
    told(tally, reader, aside)
    return Outcome(batch, tally, aside)


def settled(wanted: Wanted, table: Table) -> Mapping:
    """The mapping with what was said beside it; raises BadMapping where a column is missing from the file."""
    given = parsed(wanted.mapping) if wanted.mapping else Mapping()
    mapping = given if given.columns else replace(given, columns=usual(table.header).columns)
    channel = wanted.channel or mapping.channel or Channel.HISTORY
    if given.channel and wanted.channel and given.channel != wanted.channel:
        raise BadMapping(f"the mapping says channel {given.channel}, the command {wanted.channel}")
    columns = {part: names for part, names in mapping.columns.items() if part != "text" or channel != Channel.LP}
    mapping = replace(mapping, source=wanted.source or mapping.source, channel=channel, columns=columns)
    if not mapping.source.strip():
        raise BadMapping("say from whom the table comes: --source NAME, or `source` in the mapping")
    if missing := sorted(mapping.used() - set(table.header)):
        raise BadMapping(f"{table.name} has no column “{missing[0]}”. Its columns are: {', '.join(name for name in table.header if name)}")
    places = {"area", "area_names", "latitude"} & set(columns)
    if "date" not in columns or not places:
        raise BadMapping("the table must tell the day (`date`) and the place (`area`, `area_names`, or `latitude` and `longitude`)")
    if ("latitude" in columns) != ("longitude" in columns):
        raise BadMapping("a point has both `latitude` and `longitude`")
    if "code" not in columns and "code" not in mapping.rules:
        raise BadMapping("the table must tell the kind: a column for `code`, or [[rules.code]]")
    return mapping


def write(
    actor: Actor, wanted: Wanted, mapping: Mapping, facts: Iterable[Fact], reader: Reader, aside: Aside, progress: Progress
) -> tuple[Batch, Tally]:
    tally = Tally()
    batch = services.open_batch(
        actor, wanted.unit, source=mapping.source, channel=mapping.channel, file=wanted.path.name, sha256=digest(wanted.path),
        mapping=wanted.mapping,
    )  # fmt: skip
    for chunk in chunks(facts):
        services.receive(actor, batch, batch=batch, facts=chunk, tally=tally)
        progress(reader.read)
    told(tally, reader, aside)
    services.close_batch(
        actor, batch, tally=tally, reasons=aside.kinds, new=tally.new, changed=tally.changed, rejected=tally.rejected
    )  # fmt: skip
    return batch, tally


def told(tally: Tally, reader: Reader, aside: Aside) -> None:
    tally.read, tally.rejected, tally.coarser, tally.guarded = reader.read, aside.count, reader.coarser, reader.guarded


def rehearse(mapping: Mapping, facts: Iterable[Fact], reader: Reader, progress: Progress) -> Tally:
    tally = Tally()
    for chunk in chunks(facts):
        known = services.already(mapping.source, [fact.reference for fact in chunk])
        for fact in chunk:
            there = known.get(fact.reference)
            if there is None:
                tally.new += 1
            else:
                was = services.snapshot(there)
                differs = services.snapshot(services.written(there, fact)) != was
                tally.changed += differs
                tally.unchanged += not differs
        progress(reader.read)
    return tally


def chunks(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    flow = iter(facts)
    while chunk := list(islice(flow, CHUNK)):
        yield chunk


def digest(path: Path) -> str:
    told = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            told.update(block)
    return told.hexdigest()
