"""Turns the text of a field into what it says, or says why it can't."""

import math

from rukun.territory.rules import LATITUDES, LONGITUDES, NotACode, code_of, in_country
from rukun.territory.sources.rows import BadRow, Place

COUNTRY = "0"  # a row about the whole country, which is no area of its own


def code(place: Place, text: str | None, row: str) -> str:
    try:
        return code_of(text or "")
    except NotACode:
        why = f"{(text or '')[:40]!r} is no code of an area"
        raise BadRow(place, why, "A code reads 13, 13.06, 13.06.05 or 13.06.05.2001", row) from None


def name(place: Place, text: str | None, row: str) -> str:
    if not text or not text.strip():
        raise BadRow(place, "the name is empty", "Write the name of the area", row)
    text = " ".join(text.split())
    if len(text) > 100:
        raise BadRow(place, "the name is longer than 100 letters", "Shorten it", row)
    return text


def number(place: Place, what: str, text: str | None, row: str) -> float:
    try:
        value = float((text or "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadRow(place, f"the {what} {(text or '')[:40]!r} is no number", "Write it with digits and a decimal point", row)
    return value


def size(place: Place, text: str | None, row: str) -> float:
    value = number(place, "area", text, row)
    if not 0 <= value < 1_000_000:
        raise BadRow(place, f"an area of {value:g} km² can't be", "Write it in square kilometres", row)
    return value


def people(place: Place, text: str | None, row: str) -> int:
    value = number(place, "population", text, row)
    if value != int(value) or not 0 <= value < 1_000_000_000:
        raise BadRow(place, f"a population of {value:g} can't be", "Write a whole number of people", row)
    return int(value)


def point(place: Place, longitude: str | None, latitude: str | None, row: str) -> tuple[float, float]:
    """Longitude and latitude, inside the country."""
    east, north = number(place, "longitude", longitude, row), number(place, "latitude", latitude, row)
    check_point(place, east, north, row)
    return east, north


def check_point(place: Place, longitude: float, latitude: float, row: str) -> None:
    if in_country(longitude, latitude):
        return
    if in_country(latitude, longitude):
        raise BadRow(place, f"latitude {latitude:g} and longitude {longitude:g} are the wrong way round", "Exchange the two", row)
    raise BadRow(
        place, f"latitude {latitude:g}, longitude {longitude:g} lies outside of Indonesia",
        f"Latitude goes from {LATITUDES[0]:g} to {LATITUDES[1]:g}, longitude from {LONGITUDES[0]:g} to {LONGITUDES[1]:g}", row,
    )  # fmt: skip
