"""First and last days in Nusa Contoh: public places listed by whoever serves there, and work that goes from one to the next."""

from datetime import timedelta
from functools import partial

from rukun.demo.season import Season
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Promise
from rukun.handover.held import Held
from rukun.handover.services import hand_over
from rukun.lib import clock
from rukun.territory.models import Area
from rukun.territory.services import add_place

MEETING = (
    ("market", "Pasar {}"),
    ("worship", "Surau {} Ujung"),
    ("school", "SD 01 {}"),
    ("crossroads", "Simpang {}"),
    ("watch_post", "Poskamling {}"),
)
FIRST = 26 * 7 + 1  # days ago: the day before the season begins


def plant(season: Season) -> None:
    for number, key in enumerate(("sari", "fadli", "dasril", "wendra", "arif")):
        season.plan(season.days_ago(FIRST), 8 + number / 4, partial(first_day, season, key))
    season.plan(season.days_ago(12), 16, lambda: promised(season))
    season.plan(season.days_ago(5), 9, lambda: passed_on(season))


def first_day(season: Season, key: str) -> None:
    actor = season.actor(key)
    for village in Area.objects.filter(path__in={root[:10] for root in actor.roots}):
        for kind, name in MEETING:
            add_place(actor, village, kind=kind, name=name.format(village.name))


def promised(season: Season) -> None:
    fieldwork.receive_visit(
        season.actor("sari"), season.world.pasar, id=season.new_id(), kind="visit", made_at=clock.now(), place_kind="business",
        place="Los ikan", people=3, concerns=(("Selokan di belakang los ikan mampet dan bau.", "ENV-02"),),
        promises=(("Menanyakan pengerukan selokan ke kantor nagari", season.today + timedelta(days=4)),),
    )  # fmt: skip


def passed_on(season: Season) -> None:
    sari, rahmi = season.world.sari, season.world.rahmi
    open_here = list(Promise.objects.filter(holder=sari).open().select_related("visit__area"))
    hand_over(
        season.actor("nofri"), sari, taker=rahmi, things=Held(promises=open_here[:2]),
        note="Ikut pendidikan sampai akhir bulan depan. Kantor nagari buka sampai pukul dua siang.",
    )  # fmt: skip
