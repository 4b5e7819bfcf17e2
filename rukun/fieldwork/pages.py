"""Long lists, a page at a time: the next begins after the last row shown, not after a number of rows (keyset)."""

from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


def page(rows: QuerySet[M], by: str, mark: str, *, name: str, size: int) -> tuple[list[M], str]:
    """The rows older than the mark, the newest first, and the address of the next page, empty where there is none."""
    if at := moment_of(mark):
        rows = rows.filter(Q(**{f"{by}__lt": at[0]}) | Q(**{by: at[0], "pk__lt": at[1]}))
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], urlencode({name: f"{getattr(last, by).isoformat()}_{last.pk}"}) if last else ""


def moment_of(mark: str) -> tuple[datetime, str] | None:
    """What a mark says; one that somebody has bent begins at the top."""
    at, _, key = mark.partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    plain = key.replace("-", "")
    return (moment, key) if moment.tzinfo and len(plain) == 32 and all(letter in "0123456789abcdef" for letter in plain) else None
