"""What can be found is kept in the acts that change it: put, drop, and, where an identity was erased, forget at once.

A room says in its `apps.py` what of it can be found: `index.source("report", rows)`; `rows` gives a Found for each.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django_tasks import task

from rukun.access.roles import permits
from rukun.access.scope import Actor, ScopedQuerySet, is_sight
from rukun.audit.door import maintenance
from rukun.audit.guard import WriteOutsideAct, writing
from rukun.search import engine
from rukun.search.models import Entry
from rukun.search.rules import Question, places, stems_of

CHUNK = 2000
AT_ONCE = 50  # steps of overwriting that whoever erases waits for; the worker does the rest

AREA_LENGTHS = (2, 4, 6, 10, 13)
UNIT_LENGTHS = (1, 3, 5, 8)


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that can be found: its words, and where it stands."""

    kind: str
    key: str
    texts: tuple[str, ...]
    areas: tuple[str, ...] = ()
    unit: str = ""
    author: int | None = None

    def entry(self) -> Entry:
        return Entry(kind=self.kind, key=self.key, terms=self.terms())

    def terms(self) -> str:
        words = sorted({stem for text in self.texts for stem in stems_of(text)})
        return " ".join([f"_k{self.kind}", *places(self.areas, self.unit, self.author, (AREA_LENGTHS, UNIT_LENGTHS)), *words])


Rows = Callable[[], Iterable[Found]]


@dataclass(slots=True)
class Sources:
    """Which rooms say what can be found."""

    rows: dict[str, Rows] = field(default_factory=dict)


SOURCES = Sources()


def source(kind: str, rows: Rows) -> None:
    SOURCES.rows[kind] = rows


def put(found: Found) -> None:
    """Inside an act: this can be found, as it is now."""
    inside_an_act()
    terms = found.terms()
    if not Entry.objects.filter(kind=found.kind, key=found.key).update(terms=terms):
        Entry.objects.create(kind=found.kind, key=found.key, terms=terms)


def drop(kind: str, *keys: str) -> int:
    """Inside an act: these are found no more; says how many were."""
    inside_an_act()
    return Entry.objects.filter(kind=kind, key__in=keys).delete()[0]


def forget(kind: str, *keys: str) -> None:
    """Inside an act: these are found no more, and right after the commit no page of the disk holds their words."""
    drop(kind, *keys)
    transaction.on_commit(overwrite)  # in any case: what was dropped before may still lie there


def overwrite() -> None:
    if not engine.overwrite(AT_ONCE):
        finish.enqueue()


@task()
def finish() -> None:
    """The rest of an erasure: a large index is written anew in the background, others write between."""
    engine.overwrite()


def inside_an_act() -> None:
    if not writing():
        raise WriteOutsideAct("what can be found changes inside an act")


# --- asking ------------------------------------------------------------------------------------------------------------------------


def reach(actor: Actor, rows: type[ScopedQuerySet], permission: str = "") -> list[str]:
    """The places in which this actor may see rows of a table: the same answer as `.within`, as words of the index."""
    permission = permission or rows.sees
    found = set()
    for grant in actor.grants:
        if permits(grant.role, permission):
            if rows.area_path is not None and grant.root != "z":
                found.add(f"_a{grant.root}")
            if rows.unit_path is not None and grant.unit is not None:
                found.add(f"_u{grant.unit}")
    if rows.author and actor.officer_id is not None and is_sight(permission):
        found.add(f"_o{actor.officer_id}")
    return sorted(found)


def find(kind: str, asked: Question, reached: list[str], *, before: int | None = None, size: int = 10) -> tuple[list[str], int | None]:
    """The keys of the newest that hold all that was asked, and the mark of the next page, if there is one."""
    ids = engine.find(kind, asked, reached, before, size + 1)
    further = ids[size - 1] if len(ids) > size else None
    keys = dict(Entry.objects.filter(pk__in=ids[:size]).values_list("pk", "key"))
    return [keys[pk] for pk in ids[:size] if pk in keys], further


# --- anew --------------------------------------------------------------------------------------------------------------------------


def rebuild() -> int:
    """Makes all that can be found findable anew; says how many things that are."""
    with maintenance("search"):
        clear()
        for rows in SOURCES.rows.values():
            everything: Iterator[Found] = iter(rows())
            while some := list(islice(everything, CHUNK)):
                engine.write([found.entry() for found in some])
    transaction.on_commit(engine.overwrite)
    return Entry.objects.count()


def clear() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE IF EXISTS search_text")  # emptied as a whole, not word by word
            for name in ("search_entry_added", "search_entry_gone", "search_entry_changed"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    Entry.objects.all().delete()
    engine.install()


def differences() -> tuple[int, int]:
    """How many things that should be found are not, or not as they are now; and how many are found that should not be."""
    missing = right = 0
    for rows in SOURCES.rows.values():
        everything: Iterator[Found] = iter(rows())
        while some := list(islice(everything, CHUNK)):
            kept = dict(Entry.objects.filter(kind=some[0].kind, key__in=[found.key for found in some]).values_list("key", "terms"))
            right += len(kept)
            missing += sum(kept.get(found.key) != found.terms() for found in some)
    return missing, Entry.objects.count() - right
