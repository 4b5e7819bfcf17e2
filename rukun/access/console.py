"""Who acts at the command line: the person named with --as, else the console itself."""

from collections.abc import Callable

from rukun.access.scope import Actor, system


class Unknown(LookupError):
    """Nobody in service has this NRP."""


Finder = Callable[[str], Actor | None]
_find: list[Finder] = []  # set by `officers`, which stands above: this floor knows no people


def found_by(find: Finder) -> None:
    """How a person is found by NRP; None for nobody."""
    _find[:] = [find]


def actor(nrp: str = "") -> Actor:
    if not nrp:
        return system("console")
    person = _find[0](nrp) if _find else None
    if person is None:
        raise Unknown(f"Nobody in service has the NRP {nrp}.")
    return person
