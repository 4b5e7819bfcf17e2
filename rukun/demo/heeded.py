"""Two Atensi in Nusa Contoh: one that most have acknowledged, one that is new."""

from datetime import timedelta

from rukun.demo.season import Season
from rukun.directives import services as directives
from rukun.directives.models import Addressee, Directive


def plant(season: Season) -> None:
    """The Kapolsek's for the market, which most have acknowledged; the Kapolres' for the whole regency, which is new."""
    dusk = "Parkiran pasar dan surau dijaga saat magrib; ingatkan warga memakai kunci ganda. Catat tempat dan jam bila ada kejadian."
    rain = "Hujan lebat sampai akhir pekan: datangi tepi batang air, pastikan jalur mengungsi terbuka, kabari BPBD bila air naik."
    standing: list[Directive] = []

    def at_the_market() -> None:
        until = season.today + timedelta(days=9)
        areas = [season.world.aia_baliang]
        standing.append(directives.issue(season.actor("budi"), season.world.sek_kr, text=dusk, areas=areas, code="CRM-03", last_day=until))

    def acknowledged() -> None:
        for key in ("rahmi", "nofri"):
            mine = Addressee.objects.get(directive=standing[0], officer=getattr(season.world, key))
            directives.acknowledge(season.actor(key), mine)

    def along_the_rivers() -> None:
        until = season.today + timedelta(days=3)
        directives.issue(season.actor("hendra"), season.world.res_rd, text=rain, code="ENV-01", last_day=until)

    season.plan(season.days_ago(5), 8.0, at_the_market)
    season.plan(season.days_ago(4), 9.0, acknowledged)
    season.plan(season.days_ago(1), 15.5, along_the_rivers)
