"""Where somebody's name stands: looked for letter by letter in whatever people wrote, within the reach of who looks, and kept nowhere."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from rukun.access.scope import Actor
from rukun.rights.models import Request
from rukun.rights.records import RECORDS
from rukun.rights.rules import excerpt
from rukun.rights.written import SEALED, Written, everywhere

LOOK = "request.search"


@dataclass(frozen=True, slots=True)
class Passage:
    """A record in which it stands, and what stands around it; for the page alone."""

    record: Any
    thing: str
    where: str
    text: str


def passages(actor: Actor, words: str) -> Iterator[Passage]:
    words = words.strip()
    if len(words) < 3:
        return
    for written in everywhere():
        for row in holding(actor, written, words):
            record = getattr(row, written.owner) if written.owner else row
            told = next((text for text in texts(written, row) if words.casefold() in text.casefold()), None)
            if told is not None:
                thing = record._meta.label_lower
                yield Passage(record, thing, RECORDS[thing].where(record), excerpt(told, words))


def texts(written: Written, row: Any) -> Iterator[str]:
    yield from (said(getattr(row, column)) for column in written.columns)
    if written.table in SEALED:
        yield said(SEALED[written.table](row))


def holding(actor: Actor, written: Written, words: str) -> Iterator[Any]:
    """The rows in which a column holds it; lists and the like are read as the text that the database keeps of them."""
    rows, anywhere = written.table.objects.within(actor, LOOK), Q()  # type: ignore[attr-defined]  # every one of them is scoped
    if written.table is Request:
        rows = rows.exclude(answered_at=None)  # an open one is being worked on, and names whoever it is about
    for column in written.columns:
        if isinstance(written.table._meta.get_field(column), models.JSONField):
            rows = rows.annotate(**{f"{column}_text": Cast(column, TextField())})
            for form in {words, json.dumps(words)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]}:
                anywhere |= Q(**{f"{column}_text__icontains": form})
        else:
            anywhere |= Q(**{f"{column}__icontains": words})
    if written.table in SEALED:
        anywhere |= Q(content__isnull=False)
    return iter(rows.filter(anywhere).distinct())


def said(value: object) -> str:
    """A text; of a list or a table, everything that is said in it."""
    if isinstance(value, dict):
        return " · ".join(map(said, value.values()))
    if isinstance(value, list):
        return " · ".join(map(said, value))
    return str(value)
