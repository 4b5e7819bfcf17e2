"""Seals the book: gives entries their places, signs checkpoints, proves what stands in it, and erases what must be forgotten."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from rukun.access.scope import Actor
from rukun.audit import erasures, held, keys, pen
from rukun.audit.door import act, declare_note, forget
from rukun.audit.guard import writing_allowed
from rukun.audit.leaf import moment, tag_of
from rukun.audit.merkle import EMPTY, TILE, grown, inclusion_proof, is_included, root_of
from rukun.audit.models import Checkpoint, Entry, EntryQuerySet, Tile
from rukun.audit.seal import Checkpoint as Point
from rukun.audit.seal import Verifier
from rukun.audit.verify import Check, Report, Row, verify
from rukun.lib import clock

BATCH = 50_000
KEPT = declare_note("checkpoint.keep")  # a keeper outside has signed that they hold one
NAMED = declare_note("keeper.name")
LOCK = 0x72756B756E  # "rukun": whoever seals holds it


class TornBook(Exception):
    """Sealed entries are missing: nothing is sealed on top of that before a person has looked."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What one sealing did: how many entries got their place, how many were left out because they are not sound."""

    sealed: int
    left_out: int
    size: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in the book, shown without the rest of the book."""

    index: int
    checkpoint: Checkpoint
    path: list[bytes]
    holds: bool

    @property
    def path_hex(self) -> list[str]:
        return [node.hex() for node in self.path]


def folder() -> Path:
    return Path(settings.DATA) / "keys"


def verifiers() -> list[Verifier]:
    return keys.verifiers(folder())


def newest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def sequence() -> Sealing:
    """Seals whatever is waiting, in batches; one at a time however many workers ask."""
    sealed = left_out = 0
    while True:
        done = seal_batch(skip=left_out)
        sealed, left_out = sealed + done.sealed, left_out + done.left_out
        if done.sealed + done.left_out < BATCH:
            return Sealing(sealed, left_out, done.size)


def seal_batch(skip: int = 0) -> Sealing:
    with transaction.atomic(), writing_allowed("book.seal"):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        remembered = pen.journal().read()
        start = whole_so_far(remembered.size)
        check = Check(connection, keys.tagging(folder()))
        rows = list(check.rows(f"e.idx IS NULL ORDER BY e.id LIMIT {BATCH} OFFSET {skip}"))
        sound = [row for row in rows if is_sound(check, row, remembered.leaves)]
        if sound:
            place(sound, start)
        size = start + len(sound)
        if sound or remembered.size < size or remembered.leaves:
            transaction.on_commit(lambda: keep_in_journal(size), robust=True)
    return Sealing(len(sound), len(rows) - len(sound), size)


def whole_so_far(remembered: int) -> int:
    last = Entry.objects.filter(idx__isnull=False).order_by("-idx").values_list("idx", flat=True).first()
    start = 0 if last is None else last + 1
    point = newest()
    if start != (point.size if point else 0) or remembered > start:
        raise TornBook(f"the book holds {start} sealed entries, not as many as were sealed; `rukun audit verify` says more")
    return start


def is_sound(check: Check, row: Row, leaves: dict[int, bytes]) -> bool:
    faults = len(check.damaged) + len(check.undone) + len(check.report.findings)
    check.look(row, leaves)
    return faults == len(check.damaged) + len(check.undone) + len(check.report.findings)


def place(rows: list[Row], start: int) -> None:
    key, size = keys.tagging(folder()), start + len(rows)
    mark([(row.pk, idx, tag_of(key, row.leaf, idx)) for idx, row in enumerate(rows, start)])
    first = start // TILE * TILE
    leaves = [*leaves_between(first, start), *(row.leaf for row in rows)]
    whole = [leaves[at : at + TILE] for at in range(0, len(leaves) - TILE + 1, TILE)]
    Tile.objects.bulk_create(Tile(number=first // TILE + number, root=root_of(tile)) for number, tile in enumerate(whole))
    signer = keys.signer(folder(), settings.BOOK_ORIGIN)
    root = root_of([*tiles_between(0, size // TILE), *rest(leaves)])
    note = signer.sign(Point(signer.name, size, root))
    Checkpoint.objects.create(size=size, root=root, at=clock.now(), note=note)


def mark(places: list[tuple[int, int, bytes]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            given = "unnest(%s::bigint[], %s::bigint[], %s::bytea[]) AS given(id, idx, tag)"
            sql = f"UPDATE audit_entry SET idx = given.idx, tag = given.tag FROM {given} WHERE audit_entry.id = given.id"
            cursor.execute(sql, [list(column) for column in zip(*places, strict=True)])
        else:
            cursor.executemany("UPDATE audit_entry SET idx = %s, tag = %s WHERE id = %s", [(idx, tag, pk) for pk, idx, tag in places])


def rest(leaves: list[bytes]) -> list[bytes]:
    """The last, unfinished tile as the one node it is."""
    left = leaves[len(leaves) // TILE * TILE :]
    return [root_of(left)] if left else []


def keep_in_journal(size: int) -> None:
    root = bytes(Checkpoint.objects.get(size=size).root) if size else EMPTY
    pen.journal().seal(size, root, lambda waiting: sealed_among(waiting, size))


def sealed_among(waiting: list[int], size: int) -> set[int]:
    sealed: set[int] = set()
    for start in range(0, len(waiting), 500):
        some = Entry.objects.filter(pk__in=waiting[start : start + 500], idx__lt=size)
        sealed.update(some.values_list("pk", flat=True))
    return sealed


def leaves_between(start: int, end: int) -> list[bytes]:
    found = Entry.objects.filter(idx__gte=start, idx__lt=end).order_by("idx").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in found]


def tiles_between(start: int, end: int) -> list[bytes]:
    found = Tile.objects.filter(number__gte=start, number__lt=end).order_by("number").values_list("root", flat=True)
    return [bytes(root) for root in found]


def root_between(start: int, end: int) -> bytes:
    if end - start <= TILE:
        return root_of(leaves_between(start, end))
    return root_of([*tiles_between(start // TILE, end // TILE), *rest(leaves_between(end // TILE * TILE, end))])


def prove(entry: Entry) -> Proof | None:
    """None while the entry waits to be sealed."""
    point = newest()
    if entry.idx is None or point is None or entry.idx >= point.size:
        return None
    tile = entry.idx // TILE
    leaves = leaves_between(tile * TILE, min((tile + 1) * TILE, point.size))
    nodes = [*tiles_between(0, point.size // TILE), *rest(leaves_between(point.size // TILE * TILE, point.size))]
    if entry.idx % TILE >= len(leaves) or tile >= len(nodes):
        return Proof(entry.idx, point, [], False)
    path = [*inclusion_proof(leaves, entry.idx % TILE), *inclusion_proof(nodes, tile)]
    return Proof(entry.idx, point, path, is_included(leaf_now(entry), entry.idx, point.size, path, bytes(point.root)))


def leaf_now(entry: Entry) -> bytes:
    return Row(dict(entry.meta()), bytes(entry.commitment), b"", b"", None, None, None).leaf_as(entry.pk)


def export(path: Path) -> Point | None:
    """Adds the newest checkpoint to a keeper's file, with the proof that it continues what the file already holds."""
    kept = held.read_held(path.read_text(), verifiers()) if path.exists() and path.read_text().strip() else []
    point, old = newest(), kept[-1].size if kept else 0
    if point is None or (kept and point.size == old):
        return None
    if point.size < old:
        raise TornBook(f"the keeper's file counts {old} entries; the book has {point.size} sealed")
    proof = grown(old, point.size, root_between) if kept else []
    sealed = Point(verifiers()[-1].name, point.size, bytes(point.root))
    if kept:
        held.follow(kept[-1], sealed, old, proof, len(kept) + 1)
    with path.open("a") as file:
        file.write(held.line(point.note, moment(point.at), old, proof) + "\n")
    return sealed


def examine(kept: list[Point]) -> Report:
    """The verifier, run over this house's own book."""
    memory = pen.journal().read()  # before the table: what it names has then been committed for certain
    missing = not (Path(settings.DATA) / "book.journal").exists()
    steady = connection.vendor == "postgresql" and not connection.in_atomic_block
    with transaction.atomic():
        if steady:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        report = verify(connection, verifiers(), tag_key=keys.tagging(folder()), memory=memory, held=kept)
    if missing and report.checkpoints:
        report.find("journal", None, "the journal beside the database is gone: removed entries that were not sealed yet can't be told")
    return report


@act("book.redact", records=("basis",))
def erase(actor: Actor, entries: EntryQuerySet, *, basis: str) -> None:
    """Erases the details of entries for good. Returns nothing, because `forget` has already told of each of them."""
    if entries.within(actor, "book.redact").count() != entries.count():
        raise PermissionDenied(f"{actor.name} may not erase all of these")
    forget(actor, entries.select_related("payload"), basis=basis)


@erasures.replays("audit.entry")
def erase_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    """After a restore; a number may have been given anew since, so the leaf must agree."""
    for start in range(0, len(erased), 500):
        marks = {int(one.key): one.mark for one in erased[start : start + 500]}
        found = Entry.objects.filter(pk__in=marks, payload__isnull=False)
        same = [entry.pk for entry in found if bytes(entry.leaf).hex() == marks[entry.pk]]
        if same:
            erase(actor, Entry.objects.filter(pk__in=same), basis=erasures.AGAIN)
