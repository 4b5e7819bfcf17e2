"""Names for the keys that the book holds: rooms above say who officer 42 is, so that this floor need not know them.

names.give("officer", lambda keys: {...})      from AppConfig.ready() of the room that knows
"""

from collections.abc import Callable, Collection, Mapping

Namer = Callable[[Collection[str]], Mapping[str, str]]

NAMERS: dict[str, Namer] = {}


def give(kind: str, namer: Namer) -> None:
    NAMERS[kind] = namer


def of(references: Collection[str]) -> dict[str, str]:
    """Names for references such as officer:42 or area:1306; what nobody can name is left out."""
    keys: dict[str, set[str]] = {}
    for reference in references:
        kind, colon, key = reference.partition(":")
        if colon and key and kind in NAMERS:
            keys.setdefault(kind, set()).add(key)
    return {f"{kind}:{key}": name for kind, some in keys.items() for key, name in NAMERS[kind](some).items()}
