"""The erasure ledger: a file beside the database that says what was erased, so that a restored backup doesn't bring it back.

It names things by their keys and holds nothing of what they said. A room that erases says so with `remember`, and says with
`@replays` how the same is done once more after a restore. Being a file, it outlives the database that is put aside.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from rukun.access.scope import Actor
from rukun.audit import pen
from rukun.audit.leaf import moment
from rukun.lib import clock

Replay = Callable[[Actor, "list[Erased]"], None]
REPLAYS: dict[str, Replay] = {}
TABLES: set[str] = {"audit_payload"}
FILE = "erasures.jsonl"
AGAIN = "erased before the restore"  # why a thing is erased once more


class Erased(NamedTuple):
    kind: str  # fieldwork.report
    key: str
    mark: str = ""  # where keys are given anew after a restore: what else must agree


def replays(kind: str, *, tables: tuple[str, ...] = ()) -> Callable[[Replay], Replay]:
    """How things of this kind are erased once more; called with all of them, and able to be called twice.

    `tables` are written anew in the night after an erasure, so that not even the space between rows holds a copy.
    """

    def declare(function: Replay) -> Replay:
        REPLAYS[kind] = function
        TABLES.update(tables)
        return function

    return declare


def remember(*erased: Erased) -> None:
    """Inside an act that erases: once it is committed, the ledger has it and the pages it stood on are overwritten."""
    lines = [json.dumps({"at": moment(clock.now()), **one._asdict()}, sort_keys=True) for one in erased]
    if lines:
        transaction.on_commit(partial(append, ledger(), lines))
        transaction.on_commit(pen.overwrite)


def ledger() -> Path:
    return Path(settings.DATA) / FILE


def append(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[Erased]:
    """Each thing once; a line cut short by a power cut is left out."""
    found: dict[Erased, None] = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        found[Erased(said["kind"], said["key"], said.get("mark", ""))] = None
    return list(found)


def replay(actor: Actor, erased: Iterable[Erased]) -> int:
    """Erases all of it once more; what is gone already stays gone."""
    by_kind: dict[str, list[Erased]] = {}
    for one in erased:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, some in by_kind.items():
        if kind in REPLAYS:
            REPLAYS[kind](actor, some)
    return sum(len(some) for kind, some in by_kind.items() if kind in REPLAYS)
