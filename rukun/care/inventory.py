"""The inventory of data, made from the code: what every field holds of persons, how long it is kept, and what then becomes of it."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db import models

from rukun.care.rules import KEEP
from rukun.lib.marks import MAYBE, NONE, OFFICER, YES, Mark, Marks

SAYS = {NONE: "no", OFFICER: "of somebody in service", MAYBE: "perhaps", YES: "yes"}


def rooms() -> Iterator[tuple[AppConfig, Marks]]:
    for config in apps.get_app_configs():
        if config.name.startswith("rukun."):
            yield config, import_module(f"{config.name}.marks").MARKS if find_spec(f"{config.name}.marks") else {}


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many) if not isinstance(field, models.CompositePrimaryKey)}


def marked(marks: tuple[Mark, ...]) -> list[str]:
    return [name for mark in marks for name in mark.fields]


def unmarked() -> list[str]:
    """Fields of which no room says what they hold, and marks of fields that aren't there."""
    faults = []
    for config, marks in rooms():
        known = {model.__name__: model for model in config.get_models()}
        for name, model in known.items():
            said = marked(marks.get(name, ()))
            faults += [f"{config.name}.marks says nothing of {name}.{field}" for field in sorted(fields(model) - set(said))]
            faults += [
                f"{config.name}.marks names {name}.{field}, not there or twice"
                for field in said
                if said.count(field) > 1 or field not in fields(model)
            ]
        faults += [f"{config.name}.marks names {name}, which is no table" for name in marks if name not in known]
        faults += [
            f"{config.name}.marks: {mark.keep} is no row of the retention table, or {mark.personal} no kind"
            for some in marks.values() for mark in some if mark.keep not in KEEP or mark.personal not in SAYS
        ]  # fmt: skip
    return faults


def page() -> str:
    """The two tables of docs/reference/retention.md."""
    lines = ["| kind of data | kept | counted from | then |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | {f'{rule.days} days' if rule.days else 'for good' if rule.then.startswith('kept') else 'until then'} | {rule.since} | {rule.then} |"
        for name, rule in KEEP.items()
    ]
    lines += ["", "| table | fields | says who somebody is | kind of data |", "|---|---|---|---|"]
    for config, marks in sorted(rooms(), key=lambda room: room[0].label):
        for name, some in marks.items():
            lines += [f"| {config.label}.{name} | {', '.join(mark.fields)} | {SAYS[mark.personal]} | `{mark.keep}` |" for mark in some]
    return "\n".join(lines)
