"""The planted storylines of the season, each a problem from its first sign to where it stands today."""

from rukun.demo.season import Season
from rukun.demo.stories.gate import a_gate_between_two_jorong
from rukun.demo.stories.market import scooters_at_the_market
from rukun.demo.stories.morning import what_waits_this_morning
from rukun.demo.stories.night import races_from_nagari_to_nagari
from rukun.demo.stories.road import a_watch_post_that_nobody_fills, racing_on_the_ring_road
from rukun.demo.stories.water import water_at_sungai_alun


def plant(season: Season) -> None:
    scooters_at_the_market(season)
    racing_on_the_ring_road(season)
    a_gate_between_two_jorong(season)
    a_watch_post_that_nobody_fills(season)
    water_at_sungai_alun(season)
    what_waits_this_morning(season)
    races_from_nagari_to_nagari(season)
