"""Public places as an officer lists them: where people meet, never where somebody lives."""

from datetime import date

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.door import act
from rukun.territory.models import Area, PublicPlace
from rukun.territory.refusals import NotPossible
from rukun.territory.rules import VILLAGE, is_home

MOST = 200  # in a village: a list that is longer helps nobody to choose


@act("place.add", records=("kind", "name"))
def add_place(
    actor: Actor, area: Area, *, kind: str, name: str, latitude: float | None = None, longitude: float | None = None
) -> PublicPlace:
    """A market, a surau, a school: whoever serves there lists it, and chooses it from then on with one tap."""
    if area.level < VILLAGE or area.valid_until:
        raise NotPossible(_("Public places are listed in a village or a part of it that still exists."))
    if PublicPlace.objects.filter(area=area, valid_until=None).count() >= MOST:
        raise NotPossible(_("%(n)s places are listed here already; take some off first.") % {"n": MOST})
    return PublicPlace.objects.create(area=area, kind=kind, name=checked(area, name), latitude=latitude, longitude=longitude)


@act("place.change", records=("kind", "name", "valid_until"))
def change_place(actor: Actor, place: PublicPlace, *, kind: str, name: str, valid_until: date | None = None) -> PublicPlace | None:
    """It is called otherwise, or leaves the list from a day on; with no day it is on the list (again)."""
    name = checked(place.area, name, besides=place) if valid_until is None else place.name
    if (place.kind, place.name, place.valid_until) == (kind, name, valid_until):
        return None
    place.kind, place.name, place.valid_until = kind, name, valid_until
    place.save(update_fields=["kind", "name", "valid_until"])
    return place


def checked(area: Area, name: str, besides: PublicPlace | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise NotPossible(_("Give it a name of at most 80 letters."))
    if is_home(name):
        raise NotPossible(_("Homes are not listed. Name a public place nearby: a crossroads, a lapau, a surau."))
    same = PublicPlace.objects.filter(area=area, name__iexact=name, valid_until=None)
    if same.exclude(pk=besides.pk if besides else 0).exists():
        raise NotPossible(_("%(village)s already has %(name)s.") % {"village": area.name, "name": name})
    return name
