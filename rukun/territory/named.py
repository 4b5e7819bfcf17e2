"""Finds an area by what people write of it: its code, or its name within what a unit covers."""

import re
from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from rukun.access.scope import inside
from rukun.territory.models import Area
from rukun.territory.rules import AreaKind, NotACode, ancestors, code_of, name_of
from rukun.territory.services import NotPossible

SHOWN = 3
SPLIT = re.compile(r"[|;,]")


class NoSuchArea(NotPossible):
    """Nothing, or too much, is called so."""


def several(text: str) -> list[str]:
    """Areas in one cell: names or codes with | between; codes also with spaces."""
    parts = [part.strip() for part in SPLIT.split(text) if part.strip()]
    words = text.split()
    return words if len(parts) == 1 and all(is_code(word) for word in words) else parts


def is_code(text: str) -> bool:
    try:
        return bool(code_of(text))
    except NotACode:
        return False


def area_of(text: str, roots: Collection[str] = ("",)) -> Area:
    """`roots` are the paths within which a name is looked for; a code is looked for everywhere."""
    text = " ".join(text.split())
    if is_code(text):
        found = Area.objects.filter(code=code_of(text), valid_until=None).first()
        if found is None:
            raise NoSuchArea(_("There is no area with the code %s.") % text)
        return found
    called = by_name(text, roots)
    if not called:
        raise NoSuchArea(_("There is no area called “%s” here. Write its name as the territory has it, or its code.") % (text or "?"))
    if len(called) > 1:
        where = ", ".join(place_of(area) for area in called[:SHOWN])
        raise NoSuchArea(_("Several areas are called “%(name)s”: %(where)s. Write it so, or the code.") % {"name": text, "where": where})
    return called[0]


def by_name(text: str, roots: Collection[str]) -> list[Area]:
    """Those of this name; "Aia Baliang/Pasar" is the Pasar of Aia Baliang, "jorong Pasar" no market of a town."""
    *above, last = [name_of(part) for part in text.split("/")]
    reach = Q(pk__in=[])
    for root in roots:
        reach |= inside("path", root)
    kind, _space, rest = last.partition(" ")
    called = Q(name__iexact=last)
    if rest and kind.lower() in AreaKind.values:
        called |= Q(name__iexact=rest, kind=kind.lower())
    found = list(Area.objects.filter(reach, called, valid_until=None).select_related("parent").order_by("level", "path")[:50])
    return [area for area in found if lies_in(area, above)] if above else found


def lies_in(area: Area, names: list[str]) -> bool:
    known = {name.casefold() for name in Area.objects.filter(path__in=ancestors(area.path)).values_list("name", flat=True)}
    return all(name.casefold() in known for name in names)


def place_of(area: Area) -> str:
    return f"{area.parent.name}/{area.name}" if area.parent else area.name
