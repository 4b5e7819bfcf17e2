"""What a Polsek's weeks are made of: visits, listening, reports that are read and answered."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from rukun.demo import words
from rukun.demo.season import WEEKS, ZONE, Season
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Promise, Report, Visit
from rukun.fieldwork.rules import Stage
from rukun.lib import clock
from rukun.sharing import services as sharing
from rukun.sharing.rules.wording import Kind
from rukun.sharing.telling import default
from rukun.territory.models import Area

FIELD = ("sari", "rahmi", "fadli", "dasril", "joko", "wendra", "arif")
CHIEF = {"SEK-KR": "nofri", "SEK-LA": "yeni", "SEK-PC": "mega"}


def ordinary_weeks(season: Season) -> None:
    for key in FIELD:
        places = places_of(season, key)
        for day in days_of_service(season, key):
            season.plan(day, 8 + season.chance.random() * 10, visit(season, key, season.chance.choice(places)))
    for week in range(WEEKS):
        for key in season.chance.sample(FIELD, 4):
            day = season.days_ago(7 * week + season.chance.randrange(1, 7))
            ordinary_report(season, key, day)
    for key in ("rahmi", "fadli", "wendra"):  # the Polres has reported for half a year and a little; the city has just not yet
        ordinary_report(season, key, season.days_ago(7 * WEEKS + season.chance.randrange(1, 7)))
    for key in ("rahmi", "fadli", "wendra", "arif"):
        for week in range(0, WEEKS, 4):
            friday = season.days_ago(7 * week + (season.today.weekday() - 4) % 7)
            season.plan(friday, 9.5, listening(season, key, places_of(season, key)[0]))


def written_once(season: Season) -> None:
    """The Polres words its own reports, and Rahmi keeps BOS in step: all but her last four days are ticked."""
    own = default(Kind.REPORT).replace("mohon petunjuk dan arahan Komandan", "mohon petunjuk dan arahan Kapolres")

    def tick() -> None:
        actor = season.actor("rahmi")
        since, until = clock.now() - timedelta(days=45), clock.now() - timedelta(days=3)
        for visit in Visit.objects.filter(officer=actor.officer_id, made_at__gte=since, made_at__lt=until, corrected_by=None):
            sharing.copy(actor, visit)

    season.plan(season.days_ago(80), 10, lambda: sharing.write(season.actor("dewi"), season.world.res_rd, kind=Kind.REPORT, text=own))
    season.plan(season.days_ago(1), 20.5, tick)


def days_of_service(season: Season, key: str) -> Iterator[date]:
    for week in range(WEEKS):
        for day in season.chance.sample(range(1, 8), 2 if key in {"sari", "joko"} else 3):
            yield season.days_ago(7 * week + day)


def places_of(season: Season, key: str) -> list[Area]:
    roots = season.actor(key).roots
    below = [area for root in roots for area in Area.objects.filter(path__gte=root, path__lt=root + "z", level=5)]
    return below or list(Area.objects.filter(path__in=roots))


def visit(season: Season, key: str, place: Area) -> Callable[[], object]:
    quiet = season.chance.random() < 0.55
    kind, where = season.chance.choice(words.PLACES)
    said, code = season.chance.choice(words.SAID)
    promise = season.chance.choice(words.PROMISES)
    promised = season.chance.random() < 0.12 and not quiet
    people = season.chance.randrange(1, 7)

    def deed() -> None:
        made = fieldwork.receive_visit(
            season.actor(key), place, id=season.new_id(), kind="visit", made_at=clock.now(), place_kind=kind, place=where, people=people,
            nothing_said=quiet, concerns=() if quiet else ((said, code),), topics=() if quiet else (code,),
            promises=((promise, clock.today("Asia/Jakarta") + timedelta(days=7)),) if promised else (),
        )  # fmt: skip
        for kept in Promise.objects.filter(visit=made) if made else ():
            keep_later(season, key, kept, clock.now())

    return deed


def keep_later(season: Season, key: str, promise: Promise, made_at: datetime) -> None:
    if made_at.astimezone(ZONE).date() < season.days_ago(9):
        with clock.at(made_at + timedelta(days=season.chance.randrange(2, 8))):
            fieldwork.keep_promise(season.actor(key), promise, outcome=season.chance.choice(words.KEPT))


def listening(season: Season, key: str, place: Area) -> Callable[[], object]:
    said = season.chance.sample(words.SAID, 4)
    people = season.chance.randrange(12, 40)
    return lambda: fieldwork.receive_visit(
        season.actor(key), place, id=season.new_id(), kind="listening", made_at=clock.now(), place_kind="office", place="Kantor wali nagari",
        people=people, concerns=tuple(said), topics=tuple({code for _, code in said}),
    )  # fmt: skip


def ordinary_report(season: Season, key: str, day: date) -> None:
    title, facts, code, stage, severity = season.chance.choice(words.REPORTS)
    place = season.chance.choice(places_of(season, key))
    basis = season.chance.choice(["saw", "told", "told", "rumour"])
    hour, waits = 7 + season.chance.random() * 13, season.chance.randrange(1, 20)
    kind, sentence = season.chance.choice(words.ANSWERS)
    report(season, key, place, day, hour, title, facts, code, basis)(
        lambda: answered(season, key, waits, stage, severity, code, kind, sentence)
    )


def report(
    season: Season, key: str, place: Area, day: date, hour: float, title: str, facts: str, code: str, basis: str = "told", spot: str = ""
) -> Callable[[Callable[[], Callable[[Report], None]] | None], None]:
    """Plans a report; called with what becomes of it, plans that too."""

    def then(after: Callable[[], Callable[[Report], None]] | None) -> None:
        identity = season.new_id()

        def deed() -> None:
            received = fieldwork.receive_report(
                season.actor(key), place, id=identity, title=title, facts=facts, basis=basis, code=code, place=spot,
                happened_at=clock.now() - timedelta(hours=2),
            )  # fmt: skip
            if after and received:
                after()(received)

        season.plan(day, hour, deed)

    return then


def answered(
    season: Season, key: str, hours: int, stage: str, severity: int, code: str, kind: str, sentence: str
) -> Callable[[Report], None]:
    """The chief reads, assesses and answers some hours later (at once in the telling, on the clock later)."""
    unit = getattr(season.world, key).unit.code
    chief = CHIEF[unit]

    def deed(received: Report) -> None:
        at = received.received_at + timedelta(hours=1 if stage == Stage.ACTUAL else hours)
        if at > datetime.combine(season.today, time(0), ZONE):
            return
        with clock.at(at):
            actor = season.actor(chief)
            fieldwork.open_report(actor, received)
            fieldwork.assess(actor, received, stage=stage, severity=severity, code=code)
            fieldwork.answer(actor, received, kind=kind, text=sentence, forwarded_to="Dinas PU" if kind == "forwarded" else "")

    return deed
