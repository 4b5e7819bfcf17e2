"""In which village a point lies."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management.base import CommandError

from rukun.territory import locate
from rukun.territory.tests.conftest import BORDERS, border, square

Territory = Callable[..., SimpleNamespace]


@pytest.fixture
def nusa_known(nusa: Path, territory: Territory) -> Path:
    territory("import", nusa)
    return nusa


def test_a_point_inside_a_border_lies_in_that_village(nusa_known: Path, territory: Territory) -> None:
    found = json.loads(territory("locate", "100.523", "-0.475", "--json").text)
    assert found == {"code": "99.01.01.2001", "name": "Aia Baliang", "method": "outline", "km": 0.0}
    assert "Aia Baliang, inside its border" in territory("locate", "100.523", "-0.475").text


def test_elsewhere_the_nearest_middle_is_taken(nusa_known: Path, territory: Territory) -> None:
    found = json.loads(territory("locate", "100.78", "-0.58", "--json").text)
    assert found["code"] == "99.71.01.1001" and found["method"] == "centroid" and found["km"] == pytest.approx(0.498, abs=0.01)


def test_between_simplified_borders_a_point_is_not_lost(nusa_known: Path) -> None:
    found = locate.locate(100.5312, -0.471)
    assert (found.code, found.method) == ("99.01.01.2001", "outline") and 0 < found.km < 0.05


@pytest.mark.parametrize(("longitude", "latitude", "why"), [(-0.47, 100.52, "Longitude comes first"), (2.35, 48.85, "is not in Indonesia")])
def test_a_point_outside_of_the_country_is_refused(
    nusa_known: Path, territory: Territory, longitude: float, latitude: float, why: str
) -> None:
    with pytest.raises(CommandError, match=why):
        territory("locate", longitude, latitude)


def test_far_from_all_that_is_known_nobody_is_named(nusa_known: Path, territory: Territory) -> None:
    with pytest.raises(CommandError, match="No village is known within 100 km"):
        territory("locate", 120, -5)


def test_without_territory_it_says_what_to_do(territory: Territory) -> None:
    with pytest.raises(CommandError, match="import territory first"):
        territory("locate", 100.5, -0.47)


def test_the_index_follows_what_is_imported(nusa_known: Path, publish: Callable[..., Path], territory: Territory) -> None:
    first = locate.index()
    assert locate.index() is first and locate.locate(100.507, -0.452).method == "centroid"
    territory("import", publish("more.sql", BORDERS + border("99.01.01.2002", square(-0.452, 100.507), -0.452, 100.507) + ";"))
    assert locate.locate(100.507, -0.452).method == "outline" and locate.index() is not first


def test_the_nearest_middle_is_the_nearest_of_all(nusa_known: Path) -> None:
    from random import Random

    from rukun.territory.models import Area
    from rukun.territory.rules import kilometres

    villages = list(Area.objects.at_level(4).exclude(latitude=None))
    chance = Random(7)
    for _ in range(200):
        longitude, latitude = chance.uniform(100.2, 101.0), chance.uniform(-1.0, -0.2)
        naive = min(villages, key=lambda area: kilometres(longitude, latitude, area.longitude, area.latitude))
        assert locate.index().by_centroid(longitude, latitude).code == naive.code
