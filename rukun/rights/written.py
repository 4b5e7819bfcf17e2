"""Where people write freely, by the marks of every room: the request desk looks into all of it, and a test misses no new field."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from rukun.alerts.models import Alert, Look, Second
from rukun.care import inventory
from rukun.desk.models import Wording
from rukun.directives.models import Directive
from rukun.fieldwork.models import Answer, Concern, Photo, Promise, Report, Visit
from rukun.handover.models import Handover
from rukun.history.models import Change, Incident
from rukun.lib.marks import MAYBE
from rukun.phone.handed import opened
from rukun.phone.models import Dispute, Handed, Upload
from rukun.problems.models import Action, Entry, Problem
from rukun.rights.models import Hit, Request

# a table, and the way to the record that it belongs to: nothing where it is one itself
TABLES: dict[type[models.Model], str] = {
    Report: "", Answer: "report", Visit: "", Concern: "visit", Promise: "visit", Photo: "record", Problem: "", Action: "problem",
    Entry: "problem", Dispute: "problem", Upload: "", Handed: "", Incident: "", Change: "incident", Directive: "", Handover: "", Alert: "",
    Look: "alert", Second: "alert", Wording: "", Request: "", Hit: "request",
}  # fmt: skip
# what lies sealed says nothing to a database: each of these is opened and read, here and for this alone
SEALED: dict[type[models.Model], Callable[[Any], object]] = {Handed: lambda handed: opened(handed).body}
# where free text is and nobody looks into it, and why
NOT_LOOKED_INTO = {
    "audit.Payload": "the book keeps what acts name, no free text; what it holds of a record is shredded when the record is erased",
    "search.Entry": "stems of what is looked into here, forgotten with it",
}


@dataclass(frozen=True, slots=True)
class Written:
    """The columns of a table that people wrote in, and the way to the record it belongs to."""

    table: type[models.Model]
    columns: tuple[str, ...]
    owner: str


@cache
def everywhere() -> tuple[Written, ...]:
    return tuple(Written(table, columns(table), owner) for table, owner in TABLES.items())


def columns(table: type[models.Model]) -> tuple[str, ...]:
    """What the table's room marks as text in which somebody might be recognised."""
    marks = next(marks for config, marks in inventory.rooms() if config == apps.get_app_config(table._meta.app_label))
    names = [name for mark in marks.get(table.__name__, ()) if mark.personal == MAYBE for name in mark.fields]
    return tuple(name for name in names if isinstance(table._meta.get_field(name), models.CharField | models.TextField | models.JSONField))


def overlooked() -> list[str]:
    """Tables with free text that are neither looked into nor excused; empty, as a test holds."""
    known = {table._meta.label for table in TABLES} | set(NOT_LOOKED_INTO)
    tables = [table for config, _marks in inventory.rooms() for table in config.get_models()]
    return [table._meta.label for table in tables if columns(table) and table._meta.label not in known]
