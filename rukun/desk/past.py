"""What others recorded, on the map: how many incidents each place had, how exactly they are known, and those known no closer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.desk.atlas import grouped, level_for, level_word, lineage, middle, under
from rukun.desk.rules import class_of, classes
from rukun.fieldwork.rules import is_sensitive
from rukun.history.forms import period_of
from rukun.history.models import Incident, IncidentQuerySet
from rukun.history.rules import CLOSEST_FIRST, Precision
from rukun.lib import clock
from rukun.territory.models import Area
from rukun.territory.rules import AREA_WIDTHS, VILLAGE, WIB, lengths

POINTS = 500  # single incidents as points, the newest
NEWEST = 10  # that are listed beside the map; the page of history lists them all
LENGTHS = lengths(AREA_WIDTHS)


@dataclass(frozen=True, slots=True)
class PastChoice:
    """What was asked to be seen of it."""

    area: Area | None = None
    year: str = ""  # "2021", or all
    kind: str = ""  # a code, a group of codes, or all
    stage: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The same question, as the page of history takes it."""
        told = {"wilayah": self.area.path if self.area else "", "bulan": self.year, "kode": self.kind if "-" in self.kind else ""}
        return {name: value for name, value in told.items() if value}


@dataclass(slots=True)
class Past:
    """A place, or a larger area as which no closer is known, with how many and how exactly."""

    area: Area
    exact: Counter[str] = field(default_factory=Counter)

    @property
    def reports(self) -> int:
        return sum(self.exact.values())

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [(str(level.label), self.exact[level]) for level in CLOSEST_FIRST if self.exact[level]]


@dataclass(slots=True)
class PastPicture:
    """All of such a map."""

    choice: PastChoice
    level: int
    first: date | None
    last: date | None
    sources: int
    spots: list[Past]
    coarse: list[Past]  # known to a larger area alone, or to one that is no more
    rows: IncidentQuerySet
    above: list[Area] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(one.reports for one in [*self.spots, *self.coarse])

    @property
    def told(self) -> list[Past]:
        return sorted((spot for spot in self.spots if spot.reports), key=lambda spot: (-spot.reports, spot.area.path))

    @property
    def newest(self) -> list[Incident]:
        return list(self.rows.select_related("area__parent", "code").order_by("-happened_on", "-pk")[:NEWEST])

    @property
    def steps(self) -> list[tuple[int, int]]:
        return classes(max((spot.reports for spot in self.spots), default=0))

    @property
    def level_word(self) -> str:
        return level_word(self.level)

    @property
    def list_url(self) -> str:
        """All of them, one by one."""
        return f"{reverse('history:incidents')}?{urlencode(self.choice.asked)}"


def years(actor: Actor) -> list[str]:
    """The years of which something is known, the latest first."""
    days = Incident.objects.within(actor).order_by("happened_on").values_list("happened_on", flat=True)
    first, last = days.first(), days.last()  # each an end of the index; both in one question would read all of it
    return [str(year) for year in range(last.year, first.year - 1, -1)] if first and last else []


def past(actor: Actor, choice: PastChoice) -> PastPicture:
    roots = [choice.area.path] if choice.area else list(actor.roots)
    rows = narrowed(under(Incident.objects.within(actor), "path", roots), choice)
    told = rows.aggregate(first=Min("happened_on"), last=Max("happened_on"), sources=Count("source", distinct=True))
    level = level_where_known(rows, min(VILLAGE, level_for(actor, roots, today(choice))))
    spots = {
        area.path: Past(area)
        for area in under(Area.objects.within(actor), "path", roots).at_level(level).valid(today(choice)).order_by("path")
    }
    counted = rows.order_by().annotate(home=Substr("path", 1, LENGTHS[level - 1])).values_list("home", "precision").annotate(n=Count("pk"))
    elsewhere: dict[str, Counter[str]] = {}
    for home, precision, n in counted:
        (spots[home].exact if home in spots else elsewhere.setdefault(home, Counter()))[precision] += n
    known = Area.objects.within(actor).filter(path__in=list(elsewhere)).order_by("path")
    coarse = [Past(area, elsewhere[area.path]) for area in known]
    return PastPicture(
        choice, level, told["first"], told["last"], told["sources"], list(spots.values()),
        sorted(coarse, key=lambda one: -one.reports), rows, lineage(actor, choice.area),
    )  # fmt: skip


def today(choice: PastChoice) -> date:
    return choice.area.today() if choice.area else clock.today(WIB)


def narrowed(rows: Any, choice: PastChoice) -> IncidentQuerySet:
    if period := period_of(choice.year):
        rows = rows.filter(happened_on__gte=period[0], happened_on__lt=period[1])
    if choice.kind:
        rows = rows.filter(code__code__startswith=choice.kind)
    return rows.filter(stage=choice.stage) if choice.stage else rows


def level_where_known(rows: IncidentQuerySet, finest: int) -> int:
    """The finest level, of those that can be looked at, at which at least half of them have their place."""
    levels = {
        Precision.POINT: 4,
        Precision.SUBUNIT: 5,
        Precision.VILLAGE: 4,
        Precision.DISTRICT: 3,
        Precision.REGENCY: 2,
        Precision.PROVINCE: 1,
    }
    known = Counter({levels[Precision(precision)]: 0 for precision in Precision})
    for precision, n in rows.order_by().values_list("precision").annotate(n=Count("pk")):
        known[levels[Precision(precision)]] += n
    placed = {level: sum(n for other, n in known.items() if other >= level) for level in range(1, finest + 1)}
    return max((level for level, n in placed.items() if 2 * n >= sum(known.values())), default=finest) if sum(known.values()) else finest


def features(actor: Actor, drawn: PastPicture, borders: Iterable[int]) -> list[dict[str, Any]]:
    """The places with their numbers, and what is known to a point."""
    steps, outlined = drawn.steps, set(borders)
    return [*(feature_of(spot, steps, spot.area.pk in outlined, drawn) for spot in drawn.spots), *points(drawn)]


def feature_of(spot: Past, steps: list[tuple[int, int]], outlined: bool, drawn: PastPicture) -> dict[str, Any]:
    at = middle(spot.area)
    asked = drawn.choice.asked | {"wilayah": spot.area.path}
    return {
        "type": "Feature",
        "id": int(spot.area.path),
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "is": "place", "name": spot.area.name, "n": spot.reports, "step": class_of(spot.reports, steps), "silent": False, "outlined": outlined,
            "problems": 0, "stage": "", "says": says(spot), "url": f"{reverse('history:incidents')}?{urlencode(asked)}",
        },
    }  # fmt: skip


def says(spot: Past) -> str:
    if not spot.reports:
        return _("nothing recorded")
    words = ngettext("%s incident", "%s incidents", spot.reports) % grouped(spot.reports)
    return words + " (" + ", ".join(_("%(n)s known to: %(how)s") % {"n": grouped(n), "how": how} for how, n in spot.parts) + ")"


def points(drawn: PastPicture) -> list[dict[str, Any]]:
    """Incidents known to a point, where villages are looked at; never what is sensitive."""
    if drawn.level < VILLAGE:
        return []
    newest = drawn.rows.filter(precision=Precision.POINT).select_related("code").order_by("-happened_on", "-pk")[:POINTS]
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {"is": "report", "name": str(one.code), "stage": one.stage, "url": reverse("history:incident", args=[one.pk])},
        }
        for one in newest
        if not is_sensitive(one.code_id)
    ]


def lead(drawn: PastPicture) -> str:
    """The map in a sentence or two: how many, of when, from where, and how many have no closer place."""
    if not drawn.total or drawn.first is None or drawn.last is None:
        return _("Others recorded nothing here that you may see and that fits.")
    told = {
        "incidents": ngettext("%s incident", "%s incidents", drawn.total) % grouped(drawn.total),
        "first": formats.date_format(drawn.first, "j F Y"), "last": formats.date_format(drawn.last, "j F Y"),
        "sources": ngettext("%s source", "%s sources", drawn.sources) % drawn.sources,
        "told": grouped(len(drawn.told)), "all": grouped(len(drawn.spots)), "places": drawn.level_word,
    }  # fmt: skip
    first = _("%(incidents)s, %(first)s to %(last)s, from %(sources)s, in %(told)s of %(all)s %(places)s.") % told
    loose = sum(one.reports for one in drawn.coarse)
    second = ngettext("%s of them is known no closer than a larger area.", "%s of them are known no closer than a larger area.", loose)
    return f"{first} {second % grouped(loose)}" if loose else first
