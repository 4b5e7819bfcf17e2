"""Where an incident is to stand: the area that its row names, by code or name, of whatever level, or in which its point lies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.history.rules import GRAIN, Precision, precision_of
from rukun.territory import locate
from rukun.territory.models import Area
from rukun.territory.named import NoSuchArea, by_name, is_code, place_of
from rukun.territory.rules import code_of, in_country

PREFIX = re.compile(r"^(?:provinsi|prov\.?|kabupaten|kab\.?|kecamatan|kec\.?|kelurahan|kel\.?|desa|nagari)\s+", re.IGNORECASE)
KEPT = 50_000  # answers that are remembered


@dataclass(frozen=True, slots=True)
class Standing:
    """An area, how exactly, and whether the row named something closer that nobody knows."""

    area: Area
    precision: Precision
    latitude: float | None = None
    longitude: float | None = None
    coarser: bool = False


class Nowhere(ValueError):
    """No area can be found for a row; the two sentences say why, and what to do."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why, self.remedy = why, remedy


@dataclass(slots=True)
class Gazetteer:
    """Finds areas for one who brings in a file: within where they may, each question asked once."""

    actor: Actor
    answers: dict[tuple[str, str], Area | str] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)

    def by_any(self, cells: Sequence[str]) -> Standing | None:
        """The first of several cells that names an area we know: the closest is to stand first."""
        unknown = ""
        for cell in cells:
            if not cell:
                continue
            answer = self.asked("", cell)
            if not isinstance(answer, str):
                return Standing(answer, precision_of(answer.level), coarser=bool(unknown))
            unknown = unknown or answer
        if unknown:
            raise Nowhere(unknown, _("Correct it, or bring in the territory anew"))
        return None

    def by_names(self, cells: Sequence[str]) -> Standing | None:
        """Names from the top down, each looked for within the one before."""
        found, unknown = None, ""
        for cell in cells:
            if not cell:
                continue
            answer = self.asked(found.path if found else "", cell)
            if isinstance(answer, str):
                unknown = answer
                break
            found = answer
        if found is None and unknown:
            raise Nowhere(unknown, _("Correct the name, or map the column with the code"))
        return Standing(found, precision_of(found.level), coarser=bool(unknown)) if found else None

    def by_point(self, longitude: str, latitude: str) -> Standing:
        try:
            east, north = float(longitude.replace(",", ".")), float(latitude.replace(",", "."))
        except ValueError:
            raise Nowhere(_("latitude and longitude are no numbers"), _("Write them like -0.4712 and 100.3521")) from None
        if not in_country(east, north):
            raise Nowhere(_("the point lies outside of Indonesia"), _("Are latitude and longitude the wrong way round?"))
        try:
            found = locate.index().locate(east, north)
        except locate.NobodyNear:
            raise Nowhere(_("no village is known near the point"), _("Check the point, or name the area")) from None
        return Standing(self.area(found.area), Precision.POINT, round(north, GRAIN), round(east, GRAIN))

    def area(self, pk: int) -> Area:
        if pk not in self.areas:
            self.areas[pk] = Area.objects.get(pk=pk)
        return self.areas[pk]

    def asked(self, within: str, text: str) -> Area | str:
        """An area, or the sentence that says why there is none."""
        key = (within, text)
        answer = self.answers.get(key)
        if answer is None:
            answer = self.look(within, " ".join(text.split()))
            if len(self.answers) < KEPT:
                self.answers[key] = answer
        return answer

    def look(self, within: str, text: str) -> Area | str:
        if is_code(text):
            # what has ended still names where something happened before
            found = self.of_code(code_of(text))
            return found or _("no area has the code %s") % text
        called = [area for area in self.called(text, within) if area.path != within]
        nearest = [area for area in called if area.level == called[0].level]
        if len(nearest) == 1:
            return nearest[0]
        if nearest:
            return _("several areas are called “%(name)s”: %(where)s") % {"name": text[:40], "where": ", ".join(map(place_of, nearest[:3]))}
        return _("no area is called “%s”") % text[:40]

    def of_code(self, code: str) -> Area | None:
        same = Area.objects.filter(code=code)
        return same.filter(valid_until=None).first() or same.order_by("valid_until").last()

    def called(self, text: str, within: str) -> list[Area]:
        try:
            return by_name(PREFIX.sub("", text), (within,)) or by_name(text, (within,))
        except NoSuchArea:
            return []

    def reaches(self, area: Area) -> bool:
        """Whether whoever brings it in may do so there."""
        return area.path.startswith(self.actor.roots)
