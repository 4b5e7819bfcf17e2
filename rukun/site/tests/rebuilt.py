"""The named world built once, by its acts, and laid down again row by row for each test that asks for it: the same world, much sooner."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import connection, models

from rukun.audit.guard import writing_allowed
from rukun.lib import clock

Rows = list[tuple[Any, ...]]
Table = tuple[list[str], Rows]  # names of the columns, and what stands in them


@dataclass(frozen=True)
class Kept:
    """What building the world has written, and which row each of its names is."""

    tables: dict[str, Table]
    names: dict[str, Any]


KEPT: dict[tuple[object, ...], Kept] = {}


def world(build: Callable[[], SimpleNamespace]) -> SimpleNamespace:
    """`build()`, or what it wrote the first time. Where a test commits for real it is built anew: the book's journal hears of commits."""
    if not connection.in_atomic_block:
        return build()
    # another day or another data folder makes another world: its entries bear the day, and its tags the folder's key
    key = (build, clock.now() if clock.is_simulated() else None, str(settings.DATA), connection.settings_dict["NAME"])
    if key not in KEPT:
        before = tables()
        built = build()
        KEPT[key] = Kept(added(before, tables()), {name: reference(value) for name, value in vars(built).items()})
        return built
    lay_down(KEPT[key])
    return SimpleNamespace(**found(KEPT[key].names))


def tables() -> dict[str, Table]:
    read = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            # search_text: filled by the triggers of search_entry
            if name not in {"django_migrations", "django_content_type", "auth_permission"} and not name.startswith("search_text"):
                cursor.execute(f'SELECT * FROM "{name}"')
                read[name] = [column[0] for column in cursor.description], cursor.fetchall()
    return read


def added(before: dict[str, Table], after: dict[str, Table]) -> dict[str, Table]:
    new = {}
    for name, (columns, rows) in after.items():
        stood = {repr(row) for row in before[name][1]}
        if rows := [row for row in rows if repr(row) not in stood]:
            new[name] = columns, rows
    return new


def lay_down(kept: Kept) -> None:
    with writing_allowed("tests"), connection.cursor() as cursor:
        for name, (columns, rows) in kept.tables.items():
            named, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{name}" ({named}) VALUES ({marks})', rows)


@dataclass(frozen=True)
class Row:
    """Which row a name of the world is."""

    model: type[models.Model]
    key: Any


def reference(value: Any) -> Any:
    """A row by its model and key; what holds rows, likewise; all else as it is."""
    if isinstance(value, models.Model):
        return Row(type(value), value.pk)
    return {key: reference(one) for key, one in value.items()} if isinstance(value, dict) else value


def found(names: dict[str, Any]) -> dict[str, Any]:
    wanted = [*names.values(), *(row for value in names.values() if isinstance(value, dict) for row in value.values())]
    kinds = {row.model for row in wanted if isinstance(row, Row)}
    there = {kind: kind._base_manager.in_bulk() for kind in kinds}

    def row_of(value: Any) -> Any:
        if isinstance(value, Row):
            return there[value.model][value.key]
        return {key: row_of(one) for key, one in value.items()} if isinstance(value, dict) else value

    return {name: row_of(value) for name, value in names.items()}
