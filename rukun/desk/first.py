"""The first day of an officer in the field: three steps, fifteen minutes, and what is still to do of them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork.models import Visit
from rukun.lib import clock
from rukun.officers.models import Absence
from rukun.territory.models import Area, PublicPlace
from rukun.territory.rules import VILLAGE

ENOUGH = 5  # public places to begin with


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, why, whether it is done, and where it is done."""

    title: str
    why: str
    done: bool
    said: str
    links: tuple[tuple[str, str], ...] = ()


def steps(actor: Actor) -> list[Step]:
    villages = my_villages(actor)
    parts = Area.objects.within(actor).filter(parent__in=villages, valid_until=None).count()
    places = PublicPlace.objects.within(actor).filter(valid_until=None).count()
    practised = Visit.objects.within(actor).filter(officer=actor.officer_id, practice=True).exists()
    return [
        Step(_("You are signed in"), _("The paper sheet is spent: tear it up. Your phone and your password are yours alone."), True, _("done")),
        Step(
            _("The parts of your village"), _("A visit then says where it was, without typing."), parts > 0,
            _("%s on the list") % parts, tuple((area.name, reverse("territory:subunits", args=[area.path])) for area in villages),
        ),
        Step(
            _("Public places"), _("Five are enough: the market, a surau, a school, a crossroads, a watch post. Never a home."), places >= ENOUGH,
            _("%(n)s of %(enough)s") % {"n": min(places, ENOUGH), "enough": ENOUGH},
            tuple((area.name, reverse("territory:places", args=[area.path])) for area in villages),
        ),
        Step(
            _("One visit, for practice"), _("It is counted nowhere and reaches nobody. Afterwards you know all there is to know."), practised,
            _("done") if practised else _("two taps"), ((_("Practise a visit"), reverse("fieldwork:new_visit") + "?latihan=1"),),
        ),
    ]  # fmt: skip


def my_villages(actor: Actor) -> list[Area]:
    """The villages in which, or in a part of which, this actor serves."""
    paths = {root[:10] for root in actor.roots if len(root) >= 10}
    return list(Area.objects.within(actor, "area.view").filter(path__in=paths, level=VILLAGE).order_by("path"))


def is_new(actor: Actor) -> bool:
    """Whether nothing real has been recorded by this officer yet, and he is here."""
    if Visit.objects.within(actor).filter(officer=actor.officer_id, practice=False).exists():
        return False
    return not Absence.objects.within(actor).valid(clock.today("Asia/Jakarta")).filter(officer=actor.officer_id).exists()
