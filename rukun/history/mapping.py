"""How the columns of somebody else's table are to be read: a TOML file that stays with the batch."""

import tomllib
from collections.abc import Mapping as Cells
from dataclasses import dataclass, field
from typing import Any

from rukun.guard.columns import asks_for
from rukun.history.rules import Channel
from rukun.lib.days import USUAL

OURS = {
    "reference": "rujukan", "date": "tanggal", "time": "jam", "area": "wilayah", "latitude": "lintang", "longitude": "bujur", "code": "jenis",
    "stage": "tahap", "severity": "bobot", "text": "uraian",
}  # fmt: skip
PARTS = (*OURS, "area_names")
GIVEN = ("code", "stage", "severity")  # what values and rules may give
TOP = {"source", "channel", "columns", "dates", "values", "rules", "set_aside"}
FILLED, POSITIVE = "*", "+"
NEVER_HELD = {
    "ethnicity": "ethnicity", "religion": "religion", "politics": "political choice", "identity": "identity of a person", "names": "names of persons",
}  # fmt: skip


class BadMapping(ValueError):
    """The mapping can't be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand in a column: one of some values, anything ("*"), or a number above zero ("+")."""

    column: str
    values: frozenset[str]

    def holds(self, cells: Cells[str, str]) -> bool:
        cell = tidy(cells.get(self.column, ""))
        return cell in self.values or (FILLED in self.values and bool(cell)) or (POSITIVE in self.values and is_positive(cell))


@dataclass(frozen=True, slots=True)
class Rule:
    """When these conditions hold, this is meant."""

    when: tuple[Condition, ...]
    give: str

    def holds(self, cells: Cells[str, str]) -> bool:
        return all(condition.holds(cells) for condition in self.when)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column tells what, and what its values mean."""

    source: str = ""
    channel: str = ""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formats: tuple[str, ...] = USUAL
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    set_aside: tuple[Rule, ...] = ()

    def used(self) -> frozenset[str]:
        """Every column that is read; the others never are."""
        rules = [*self.set_aside, *(rule for rules in self.rules.values() for rule in rules)]
        named = {column for columns in self.columns.values() for column in columns}
        return frozenset(named | {condition.column for rule in rules for condition in rule.when})


def tidy(text: str) -> str:
    return " ".join(text.casefold().split())


def is_positive(text: str) -> bool:
    try:
        return float(text.replace(",", ".")) > 0
    except ValueError:
        return False


def usual(header: list[str]) -> Mapping:
    """Without a mapping: our own names of the columns, English or Indonesian, where the file has them."""
    known = {name: (ours,) for ours, theirs in OURS.items() for name in (ours, theirs)}
    columns: dict[str, tuple[str, ...]] = {}
    for cell in header:
        for ours in known.get(cell.strip().lower(), ()):
            columns[ours] = (cell,)
    return Mapping(columns=columns)


def parsed(text: str) -> Mapping:
    """Raises BadMapping with what is wrong, never half a mapping."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadMapping(f"it is no TOML: {wrong}") from None
    if strange := sorted(set(told) - TOP):
        raise BadMapping(f"“{strange[0]}” is nothing a mapping says; known are {', '.join(sorted(TOP))}")
    channel = text_of(told, "channel")
    if channel and channel not in Channel.values:
        raise BadMapping(f"“{channel}” is no channel; known are {', '.join(Channel.values)}")
    columns = columns_of(table_of(told, "columns"))
    if channel == Channel.LP and "text" in columns:
        raise BadMapping("police reports (channel lp) bring no text: take `text` out of [columns]")
    formats = table_of(told, "dates").get("formats", list(USUAL))
    if not isinstance(formats, list) or not all(isinstance(form, str) and "%" in form for form in formats) or not formats:
        raise BadMapping('`formats` under [dates] is a list such as ["%d/%m/%Y"]')
    values = {part: values_of(part, given) for part, given in table_of(told, "values").items()}
    rules = {part: rules_of(f"rules.{part}", given, "give") for part, given in table_of(told, "rules").items()}
    if strange := sorted((set(values) | set(rules)) - set(GIVEN)):
        raise BadMapping(f"values and rules give {', '.join(GIVEN)}, not “{strange[0]}”")
    return Mapping(
        text_of(told, "source"), channel, columns, tuple(formats), values, rules, rules_of("set_aside", told.get("set_aside", []), "why")
    )


def text_of(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise BadMapping(f"`{name}` is a text in quotes")
    return value.strip()


def table_of(told: dict[str, Any], name: str) -> dict[str, Any]:
    value = told.get(name, {})
    if not isinstance(value, dict):
        raise BadMapping(f"[{name}] is a table")
    return value


def columns_of(told: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, tuple[str, ...]] = {}
    for part, names in told.items():
        if part not in PARTS:
            raise BadMapping(f"“{part}” under [columns] is nothing we keep; known are {', '.join(PARTS)}")
        listed = names if isinstance(names, list) else [names]
        if not listed or not all(isinstance(name, str) and name.strip() for name in listed):
            raise BadMapping(f"`{part}` under [columns] is the name of a column, or a list of names")
        columns[part] = tuple(held(name.strip()) for name in listed)
    return columns


def values_of(part: str, told: Any) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(value, str | int) for value in told.values()):
        raise BadMapping(f'[values.{part}] has lines such as "CURANMOR" = "CRM-03"')
    return {tidy(key): str(value) for key, value in told.items()}


def rules_of(name: str, told: Any, gives: str) -> tuple[Rule, ...]:
    if not isinstance(told, list):
        raise BadMapping(f"each rule begins with [[{name}]]")
    rules = []
    for each in told:
        strange = sorted(set(each) - {"when", gives}) if isinstance(each, dict) else ["?"]
        if strange or gives not in each or not isinstance(each.get("when", {}), dict):
            raise BadMapping(f"a rule under [[{name}]] has `when` and `{gives}`, nothing else")
        when = tuple(Condition(held(column), wanted(cells)) for column, cells in each.get("when", {}).items())
        rules.append(Rule(when, str(each[gives])))
    return tuple(rules)


def held(column: str) -> str:
    """The column, unless its name says that it tells what rukun never holds."""
    if what := asks_for(column):
        raise BadMapping(f"the column “{column}” can't be mapped: rukun holds no {NEVER_HELD[what]}")
    return column


def wanted(cells: Any) -> frozenset[str]:
    return frozenset(tidy(str(cell)) for cell in (cells if isinstance(cells, list) else [cells]))
