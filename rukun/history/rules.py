"""What can be said of an incident that others recorded, and how exactly its place is known; pure, no query in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rukun.territory.rules import LEVELS


class Channel(TextChoices):
    """Where it comes from: what somebody compiled, or the police's own reports (laporan polisi)."""

    HISTORY = "history", _("Compiled elsewhere")
    LP = "lp", _("Police reports (LP)")


class Precision(TextChoices):
    """How exactly the place is known: to a point, or to an area of this level and no closer."""

    POINT = "point", _("point, to 100 m")
    SUBUNIT = "subunit", _("sub-unit")
    VILLAGE = "village", _("village")
    DISTRICT = "district", _("district")
    REGENCY = "regency", _("regency or city")
    PROVINCE = "province", _("province")


class Reason(TextChoices):
    """Why a row is set aside; what stands in it is told in the file of rejected rows alone."""

    ROW = "row", _("The row can't be read")
    FORMULA = "formula", _("A formula stands where a value belongs")
    LEFT_OUT = "left_out", _("The mapping leaves it out on purpose")
    REFERENCE = "reference", _("The reference is missing, or stands twice")
    PLACE = "place", _("The place isn't known")
    REACH = "reach", _("The place lies outside of where this may be brought in")
    DAY = "day", _("The day or time is missing, unclear, or lies in the future")
    KIND = "kind", _("No kind of problem can be given to it")
    VALUE = "value", _("Stage or severity is none that we know")


CLOSEST_FIRST = tuple(Precision)
GRAIN = 3  # decimals of a degree that are kept of a point: some 110 m, a street and not a door
EARLIEST_YEAR = 1950
CHUNK = 5000  # rows that are written at once, all of them or none


def precision_of(level: int) -> Precision:
    return Precision(LEVELS[level])


def keeps_text(channel: str) -> bool:
    """A police report brings its place, day and kind: what is told in it names people."""
    return channel != Channel.LP


def keeps_points(channel: str) -> bool:
    return channel != Channel.LP
