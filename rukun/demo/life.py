"""Half a year in Nusa Contoh, up to today: lived through by calling acts on a set clock, so that book, scope and boards are true.

The same day always gives the same season: chance comes from one seed. Six storylines are planted (`stories`), the rest is what a
Polsek's weeks are made of (`weeks`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

from rukun.demo import archive, handed, heeded, stories, turns, weeks
from rukun.demo.season import ZONE, Season
from rukun.lib import clock, jobs

NOTICED = timedelta(days=6)


def live(world: SimpleNamespace, now: datetime, progress: Callable[[float], None] = lambda share: None) -> int:
    """Plans the season and lives it through in the order of its moments; says how many deeds that were."""
    season = Season(world, now.astimezone(ZONE).date())
    weeks.ordinary_weeks(season)
    stories.plant(season)
    heeded.plant(season)
    archive.plant(season)
    turns.plant(season)
    handed.plant(season)
    weeks.written_once(season)
    deeds = sorted((deed for deed in season.planned if deed[0] <= now), key=lambda deed: deed[0])
    since = now - NOTICED
    for number, (moment, deed) in enumerate(deeds):
        with clock.at(moment):
            deed()
            # people of the demo have read what they were told long ago
            jobs.run_here() if moment > since else jobs.drop()
        progress((number + 1) / len(deeds))
    return len(deeds)
