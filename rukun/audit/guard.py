"""The law, held at run time: a table of ours is written inside an act, or not at all."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class WriteOutsideAct(RuntimeError):
    """Something tried to change the world without going through the door."""


# Django itself writes last_login and better hashes here; what matters about a person is on Officer, written by acts.
EXEMPT = {"officers_account"}
TARGET = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)"
    r'\s+(?:ONLY\s+)?(?:"?\w+"?\.)?["`\[]?(\w+)',
    re.IGNORECASE,
)

_writing: ContextVar[str] = ContextVar("writing", default="")


@contextmanager
def writing_allowed(name: str) -> Iterator[None]:
    """Only for the door: within this block, our tables may be written, in the name of this act."""
    token = _writing.set(name)
    try:
        yield
    finally:
        _writing.reset(token)


def writing() -> str:
    """The act in whose name is being written now; "" outside of any."""
    return _writing.get()


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not _writing.get() and not (type(sql) is str and sql.startswith("SELECT") and ";" not in sql):
        for table in TARGET.findall(sql if type(sql) is str else as_text(sql, context)):
            if table.lower() in ours():
                raise WriteOutsideAct(f"{table} is written outside an act: {str(sql)[:120]}")
    return execute(sql, params, many, context)


def as_text(sql: Any, context: dict[str, Any]) -> str:
    return sql.as_string(context["connection"].connection) if hasattr(sql, "as_string") else str(sql)


@cache
def ours() -> frozenset[str]:
    """Every table of a room, those between two tables included."""
    tables = {
        model._meta.db_table.lower()
        for config in apps.get_app_configs()
        if config.name.startswith("rukun.")
        for model in config.get_models(include_auto_created=True)
        if not config.name.startswith("rukun.lib")  # the queue's own bookkeeping
    }
    return frozenset(tables - EXEMPT)


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def open_for_migration(**_: Any) -> None:
    # Django's schema editor updates rows of its own accord; a backfill of ours goes through `maintenance` all the same
    _writing.set("migrate")


def close_after_migration(**_: Any) -> None:
    if _writing.get() == "migrate":
        _writing.set("")


def install() -> None:
    connection_created.connect(watch, dispatch_uid="audit.guard")
    pre_migrate.connect(open_for_migration, dispatch_uid="audit.guard")
    post_migrate.connect(close_after_migration, dispatch_uid="audit.guard")
