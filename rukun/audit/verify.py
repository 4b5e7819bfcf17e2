"""Whether the book is whole, asked from outside: plain SQL, no Django, nothing of ours but the definition of a leaf."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from rukun.audit.journal import Memory
from rukun.audit.leaf import META, NOTHING, commitment, leaf_of, tag_of
from rukun.audit.merkle import EMPTY, TILE, Frontier, root_of
from rukun.audit.seal import BadCheckpoint, Checkpoint, Verifier, read

Kind = Literal["altered", "removed", "swapped", "added", "seal", "journal"]
NAMED = 200  # so many are named one by one; beyond that they are counted
ROW = (
    f"SELECT {', '.join(f'e.{name}' for name in META)}, e.commitment, e.leaf, e.tag, p.salt, e.idx, p.body "
    "FROM audit_entry e LEFT JOIN audit_payload p ON p.entry_id = e.id WHERE "
)
ORPHANS = "SELECT p.entry_id FROM audit_payload p LEFT JOIN audit_entry e ON e.id = p.entry_id WHERE e.id IS NULL ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, and the entry it is about where that can be said."""

    kind: Kind
    entry: int | None
    text: str


@dataclass
class Report:
    """What was seen: figures, faults, and notices that are no fault but worth knowing."""

    entries: int = 0
    sealed: int = 0
    unsealed: int = 0
    redacted: int = 0
    checkpoints: int = 0
    root: str = ""
    findings: list[Finding] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.findings

    def find(self, kind: Kind, entry: int | None, text: str) -> None:
        self.findings.append(Finding(kind, entry, text))

    def as_dict(self) -> dict[str, Any]:
        return {"whole": self.whole, **asdict(self)}


@dataclass(slots=True)
class Row:
    """One entry as it stands in the table now."""

    meta: dict[str, Any]
    commitment: bytes
    leaf: bytes
    tag: bytes
    salt: bytes | None
    idx: int | None
    body: str | None

    @property
    def pk(self) -> int:
        return int(self.meta["id"])

    def leaf_as(self, pk: int) -> bytes:
        return leaf_of({**self.meta, "id": pk}, self.commitment)

    def opens(self, promised: bytes) -> bool:
        return self.salt is not None and self.body is not None and commitment(self.salt, self.body) == promised


class Claim(NamedTuple):
    """What somebody says about the book at some size."""

    who: str
    root: bytes
    seals: bool  # a checkpoint of the book's own, under which entries stand sealed


@dataclass
class Claims:
    """What checkpoints say about the book: at so many entries, this root."""

    at: dict[int, list[Claim]] = field(default_factory=dict)

    def add(self, size: int, who: str, root: bytes, *, seals: bool = False) -> None:
        self.at.setdefault(size, []).append(Claim(who, root, seals))


def verify(
    connection: Any,
    verifiers: Sequence[Verifier],
    *,
    tag_key: bytes | None = None,
    memory: Memory | None = None,
    held: Iterable[Checkpoint] = (),
) -> Report:
    """Reads the whole book over a plain connection. Read the journal before: what it names has then been committed for certain."""
    return Check(connection, tag_key).run(verifiers, memory, held)


class Check:
    """One reading of the book, from the first entry to the newest."""

    def __init__(self, connection: Any, tag_key: bytes | None) -> None:
        self.connection, self.tag_key = connection, tag_key
        self.report = Report()
        self.damaged: list[Row] = []
        self.undone: list[Row] = []  # details that are not what the entry promised
        self.redacted = {thing for (thing,) in self.ask("SELECT object FROM audit_entry WHERE act = 'book.redact'")}

    def run(self, verifiers: Sequence[Verifier], memory: Memory | None, held: Iterable[Checkpoint]) -> Report:
        claims = self.read_checkpoints(verifiers)
        for point in held:
            claims.add(point.size, f"the checkpoint of {point.size} entries kept outside", point.root)
        if memory and memory.root is not None:
            claims.add(memory.size, f"the journal's checkpoint of {memory.size} entries", memory.root)
        waiting = dict(memory.leaves) if memory else {}
        self.read_sealed(claims, waiting)
        for row in self.rows("e.idx IS NULL ORDER BY e.id"):
            self.report.unsealed += 1
            self.look(row, waiting)
        self.name_damage()
        self.name_absent(waiting)
        if memory:
            for line in memory.broken[:NAMED]:
                self.report.find("journal", None, f"line {line} of the journal was altered, or a line before it removed")
        self.report.entries = self.report.sealed + self.report.unsealed
        return self.report

    def ask(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with closing(self.cursor()) as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(2000):
                yield from rows

    def cursor(self) -> Any:
        """One that doesn't fetch the whole book at once, whichever kind of connection this is."""
        if hasattr(self.connection, "chunked_cursor"):
            return self.connection.chunked_cursor()
        return self.connection.cursor(f"book_{secrets.token_hex(4)}") if hasattr(self.connection, "pgconn") else self.connection.cursor()

    def rows(self, which: str) -> Iterator[Row]:
        width = len(META)
        for values in self.ask(ROW + which):
            commitment, leaf, tag, salt = (None if value is None else bytes(value) for value in values[width : width + 4])
            meta = dict(zip(META, values[:width], strict=True))
            yield Row(meta, commitment or b"", leaf or b"", tag or b"", salt, *values[width + 4 :])

    def read_checkpoints(self, verifiers: Sequence[Verifier]) -> Claims:
        claims = Claims()
        for size, root, note in self.ask("SELECT size, root, note FROM audit_checkpoint ORDER BY size"):
            self.report.checkpoints += 1
            try:
                point = read(note, verifiers)
            except BadCheckpoint as wrong:
                self.report.find("seal", None, f"checkpoint {size}: {wrong}")
                continue
            if (point.size, point.root) != (size, bytes(root)):
                self.report.find("seal", None, f"checkpoint {size} says something else than what was signed")
            claims.add(point.size, f"checkpoint {point.size}", point.root, seals=True)
        return claims

    def read_sealed(self, claims: Claims, waiting: dict[int, bytes]) -> None:
        """Walks the entries in their places; wherever a checkpoint speaks, the root must be the one it names."""
        tree, tiles, before, dense = Tree(claims, self.report), self.stored_tiles(), 0, True
        place = 0
        for row in self.rows("e.idx IS NOT NULL ORDER BY e.idx"):
            assert row.idx is not None
            self.report.sealed += 1
            if row.idx != place:
                self.name_gap(row.idx - place, place, before, row.pk)
                dense = False
            before, place = row.pk, row.idx + 1
            leaf = self.look(row, waiting)
            if dense:
                tree.grow(leaf, tiles.pop(row.idx // TILE, None) if place % TILE == 0 else None)
        if dense:
            tree.close(before)
            self.report.root = tree.frontier.root().hex()
            for number in sorted(tiles):
                self.report.find("seal", None, f"tile {number} stands for entries that are not there")
        else:
            self.report.notices.append(
                f"checkpoints over more than {tree.frontier.size} entries can't be compared while entries are missing"
            )

    def stored_tiles(self) -> dict[int, bytes]:
        return {number: bytes(root) for number, root in self.ask("SELECT number, root FROM audit_tile")}

    def look(self, row: Row, waiting: dict[int, bytes]) -> bytes:
        """One entry by itself: its record, its tag, its details. Returns the leaf that its record makes now."""
        leaf = row.leaf_as(row.pk)
        if leaf != row.leaf or waiting.get(row.pk, leaf) != leaf or (self.tag_key and tag_of(self.tag_key, leaf, row.idx) != row.tag):
            self.damaged.append(row)
        waiting.pop(row.pk, None)
        if row.commitment == NOTHING:
            if row.salt is not None:
                self.report.find("added", row.pk, f"entry {row.pk} was written without details and now has some")
        elif row.salt is None:
            if f"audit.entry:{row.pk}" in self.redacted:
                self.report.redacted += 1
            else:
                self.report.find("removed", row.pk, f"the details of entry {row.pk} are gone, and no redaction says why")
        elif f"audit.entry:{row.pk}" in self.redacted:
            self.report.find("added", row.pk, f"entry {row.pk} was redacted, and its details are back")
        elif not row.opens(row.commitment):
            self.undone.append(row)
        return leaf

    def name_damage(self) -> None:
        for row in self.damaged[:NAMED]:
            other = next((other for other in self.damaged[:NAMED] if other is not row and self.changed_places(row, other)), None)
            if other:
                self.report.find("swapped", row.pk, f"entry {row.pk} ({row.meta['act']}) has changed places with entry {other.pk}")
            elif row.leaf_as(row.pk) != row.leaf:
                self.report.find("altered", row.pk, f"entry {row.pk} ({row.meta['act']}) is not what was written")
            else:
                self.report.find(
                    "altered", row.pk, f"entry {row.pk} ({row.meta['act']}) was not written, or not put there, by the book itself"
                )
        for row in self.undone[:NAMED]:
            other = next((other for other in self.undone[:NAMED] if other is not row and row.opens(other.commitment)), None)
            if other:
                self.report.find("swapped", row.pk, f"entry {row.pk} holds the details of entry {other.pk}")
            else:
                self.report.find("altered", row.pk, f"the details of entry {row.pk} ({row.meta['act']}) are not what was written")
        if more := len(self.damaged[NAMED:]) + len(self.undone[NAMED:]):
            self.report.find(
                "altered", None, f"{more} more entries are not what was written; if that is all of them, the entry key is another"
            )

    def changed_places(self, row: Row, other: Row) -> bool:
        """Whether the row is sound, but only under the other's number, or only in the other's place."""
        if row.leaf_as(other.pk) == row.leaf and row.leaf_as(row.pk) != row.leaf:
            return True
        key, leaf = self.tag_key, row.leaf_as(row.pk)
        return bool(key and leaf == row.leaf and row.idx != other.idx and tag_of(key, leaf, other.idx) == row.tag)

    def name_gap(self, missing: int, place: int, before: int, after: int) -> None:
        if after - before - 1 == missing <= NAMED:  # their numbers follow from their neighbours'
            for pk in range(before + 1, after):
                self.report.find("removed", pk, f"entry {pk}, at place {place + pk - before - 1}, has been removed")
        else:
            between = f"between entry {before} and entry {after}" if before else f"before entry {after}"
            self.report.find("removed", None, f"{missing} entries {between} have been removed")

    def name_absent(self, waiting: dict[int, bytes]) -> None:
        named = {finding.entry for finding in self.report.findings}
        for pk in sorted(waiting.keys() - named):
            self.report.find("removed", pk, f"entry {pk}, not sealed yet, has been removed")
        for (pk,) in self.ask(ORPHANS):
            if pk not in named and pk not in waiting:
                self.report.find("removed", pk, f"entry {pk} has been removed; its details were left behind")


class Tree:
    """The tree regrown from the table, held against every claim on the way."""

    def __init__(self, claims: Claims, report: Report) -> None:
        self.claims, self.report = claims, report
        self.frontier, self.tile = Frontier(), list[bytes]()
        self.covered, self.apart = 0, False
        self.compare(0, EMPTY)

    def grow(self, leaf: bytes, stored: bytes | None) -> None:
        self.frontier.append(leaf)
        self.tile.append(leaf)
        if len(self.tile) == TILE:
            self.hold(f"tile {self.frontier.size // TILE - 1}", stored, root_of(self.tile))
            self.tile.clear()
        if self.frontier.size in self.claims.at:
            self.compare(self.frontier.size, self.frontier.root())

    def compare(self, size: int, root: bytes) -> None:
        for claim in self.claims.at.pop(size, []):
            self.covered = size if claim.seals else self.covered
            self.hold(claim.who, claim.root, root)

    def hold(self, who: str, said: bytes | None, found: bytes) -> None:
        if said != found and not self.apart:
            self.apart = True  # whatever comes after the first difference differs too
            self.report.find("seal", None, f"{who} names another root than the entries under it make")

    def close(self, last: int) -> None:
        size = self.frontier.size
        for beyond in sorted(self.claims.at, reverse=True):
            who = self.claims.at[beyond][0].who
            self.report.find("removed", None, f"{who} counts {beyond - size} entries more than the book now holds after entry {last}")
        if size > self.covered and not self.claims.at and not self.apart:
            self.report.find("seal", last, f"the last {size - self.covered} sealed entries stand under no checkpoint")
