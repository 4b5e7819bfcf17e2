"""The fields of BOS and what of a record answers them: read from a file, refused where it asks what rukun never asks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rukun.fieldwork.rules import VisitKind
from rukun.guard.columns import asks_for
from rukun.sharing.rules.wording import BLANKS, Kind

BESIDES = frozenset({"tanggal_angka", "waktu", "desa", "bagian", "kecamatan", "tempat_kata"})  # what BOS asks apart, besides the blanks


class Unusable(ValueError):
    """The file can't be used; the sentences say which field, and why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Field:
    """One field of BOS: its label there, and what of the record answers it, or words that are always the same."""

    label: str
    value: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of BOS, for one kind of record, its fields in its order."""

    title: str
    record: str
    kinds: frozenset[str]
    fields: tuple[Field, ...]

    def takes(self, record: str, kind: str) -> bool:
        return self.record == record and (not self.kinds or kind in self.kinds)


def read(text: str) -> tuple[Form, ...]:
    """The forms of a mapping file (TOML); raises Unusable with a sentence for each fault."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Unusable([_("This is not TOML: %s") % fault]) from None
    forms = told.get("form")
    if not isinstance(forms, list) or not forms or not all(isinstance(form, dict) for form in forms):
        raise Unusable([_("There is no [[form]] in it.")])
    found: list[str] = []
    read_forms = tuple(form_of(form, found) for form in forms)
    if found:
        raise Unusable(found)
    return read_forms


def form_of(told: Mapping[str, Any], found: list[str]) -> Form:
    title, record = str(told.get("title", "")), str(told.get("record", ""))
    kinds = frozenset(map(str, told["kinds"])) if isinstance(told.get("kinds"), list) else frozenset[str]()
    where = title or _("a form without a title")
    if record not in Kind.values:
        found.append(_("%(form)s: record is “kunjungan” or “laporan”, not “%(record)s”.") % {"form": where, "record": record})
        return Form(title, record, kinds, ())
    if unknown := sorted(kinds - set(VisitKind.values)):
        found.append(_("%(form)s: no visit is of the kind “%(kind)s”.") % {"form": where, "kind": unknown[0]})
    rows = told.get("fields")
    if not isinstance(rows, list) or not rows:
        found.append(_("%s: it has no fields.") % where)
        rows = []
    fields = tuple(Field(*(str(row.get(key, "")) for key in ("label", "value", "text"))) for row in rows if isinstance(row, dict))
    for field in fields:
        found += [f"{where}: {sentence}" for sentence in faults(field, record)]
    return Form(title, record, kinds, fields)


def faults(field: Field, record: str) -> list[str]:
    """What keeps a field from being mapped, in sentences that name it."""
    if not field.label.strip():
        return [_("a field has no label.")]
    if why := refused(f"{field.label} {field.text}"):
        return [_("the field “%(label)s” can't be mapped: rukun holds no %(what)s.") % {"label": field.label, "what": why}]
    if bool(field.value) == bool(field.text):
        return [_("the field “%s” needs either a value or a text.") % field.label]
    if field.value and field.value not in BLANKS[record] and field.value not in BESIDES:
        told = {"label": field.label, "value": field.value}
        if why := refused(field.value):
            return [_("the field “%(label)s” can't be mapped: rukun holds no %(what)s.") % (told | {"what": why})]
        return [_("the field “%(label)s” asks for “%(value)s”, which no record has.") % told]
    return []


def refused(words: str) -> str:
    """What a label asks for that is never held, in a word; empty where it asks for nothing of the kind."""
    said = {
        "": "", "ethnicity": _("ethnicity"), "religion": _("religion"), "politics": _("political choice"), "identity": _("identity of a resident"),
        "names": _("names of residents"),
    }  # fmt: skip
    return said[asks_for(words)]
