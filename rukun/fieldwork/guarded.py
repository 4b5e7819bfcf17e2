"""The last gate: what is stored of a free text is what the guard leaves of it, whoever brought the text."""

from django.utils.translation import gettext as _

from rukun import guard
from rukun.territory.models import Area, PublicPlace


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


class AboutPersons(NotPossible):
    """The text tells of persons where only a problem and its place are kept; `reading` holds what may be kept instead."""

    def __init__(self, reading: guard.Reading) -> None:
        super().__init__(" ".join(map(str, reading.sentences)))
        self.reading = reading


def kept(text: str, *, kind: str = "report", most: int | None = None) -> str:
    """The text as it is stored. Where persons are its subject nothing is stored; where it grew too long by a placeholder, neither."""
    reading = guard.read(text.strip(), kind=kind)
    if reading.refused:
        raise AboutPersons(reading)
    if most is not None and len(reading.clean) > most:
        raise NotPossible(_("This text is too long; at most %s letters.") % most)
    return reading.clean


def kept_place(place: str, area: Area) -> str:
    """The place in words. What is on the list of public places is called as it is listed, whoever it is called after."""
    place = place.strip()
    village = area.path[:10]
    listed = PublicPlace.objects.filter(name=place, valid_until=None, area__path__gte=village, area__path__lt=village + "z")
    return place if place and listed.exists() else kept(place, kind="visit", most=120)
