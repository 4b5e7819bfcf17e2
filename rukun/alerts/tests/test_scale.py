"""What counts how much: the database and the plain words of `scale` come to the same, and nobody who passes by speaks alone."""

import random
from collections import Counter
from datetime import date, timedelta

from rukun.alerts.counted import MONDAY
from rukun.alerts.counts import ask
from rukun.alerts.evidence import voices
from rukun.alerts.rules import Voices
from rukun.alerts.scale import Said, kept
from rukun.alerts.tests.conftest import NOON, village
from rukun.audit.guard import writing_allowed
from rukun.fieldwork.models import Report
from rukun.officers.models import Assignment
from rukun.officers.rules import Role

TODAY = NOON.date()
GROUPS = {"CRM-03": "CRM", "ORD-01": "ORD", "ENV-04": "ENV"}


def strangers(world) -> list:
    """Officers who serve elsewhere, or nowhere."""
    return [world.joko, world.lina, world.putri, world.mira]


def row(who, area, days_ago: float = 0.0, code: str = "CRM-03") -> Report:
    """Straight into the table: the door lets nobody report from where he does not reach, but roles end, and operators type for others."""
    moment = NOON - timedelta(days=days_ago)
    return Report(
        officer=who, area=area, happened_at=moment, received_at=moment, title="x", facts="x", basis="told", code_id=code, desk_since=moment
    )


def counted(group: str = "CRM") -> Counter:
    return Counter({(path, str(day)): n for path, day, n in ask("SELECT path, day, capped_n FROM alerts_counted WHERE grp = %s", [group])})


def test_the_database_counts_as_the_plain_words_do(world):
    chance = random.Random(20)
    homes = {
        world.sari.pk: {"99.01.01.2001"},
        world.rahmi.pk: {"99.01.01.2001", "99.01.01.2003"},
        world.joko.pk: {"99.01.02.2001", "99.01.02.2002"},
    }
    places = ["99.01.01.2001", "99.01.01.2003", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002"]
    said = []
    for at in range(400):
        who = chance.choice([world.sari, world.rahmi, world.rahmi, *strangers(world)])
        code = chance.choice(places[:2] * 3 + places)
        said.append((chance.randrange(60), at / 1000, who, world.areas[code], chance.choice(list(GROUPS))))
    said.sort(key=lambda one: (-one[0], one[1]))
    with writing_allowed("test"):
        Report.objects.bulk_create(row(who, area, days - late / 24, code) for days, late, who, area, code in said)
    monday = date.fromisoformat(MONDAY)
    plain = (
        Said(area.path, (TODAY - timedelta(days=days) - monday).days, who.pk, area.code in homes.get(who.pk, ()), GROUPS[code])
        for days, _late, who, area, code in said
    )
    expected = Counter[tuple[str, str, str]]()
    for one in kept(plain):
        expected[str(one.place), str(monday + timedelta(days=one.day)), one.group] += 1
    found = {(path, str(day), group): n for path, day, group, n in ask("SELECT path, day, grp, capped_n FROM alerts_counted", [])}
    assert found == dict(expected) and len(found) > 60


def test_who_passes_by_never_speaks_alone_and_three_of_them_are_one(world, told):
    with writing_allowed("test"):
        Report.objects.bulk_create(row(who, village(world), 0.01) for who in strangers(world))
    assert not counted() and voices("CRM", [village(world).path], TODAY, TODAY) == Voices((), 4)
    told(world.sari)
    assert counted() == {(village(world).path, str(TODAY)): 2}
    assert voices("CRM", [village(world).path], TODAY, TODAY) == Voices((1,), 4)


def test_an_account_counts_in_three_of_its_villages_a_week_and_in_one_of_others(world):
    there = ["99.01.01.2001", "99.01.01.2002", "99.01.01.2003", "99.01.01.2004"]
    with writing_allowed("test"):
        Report.objects.bulk_create(row(world.nofri, world.areas[code], 0.1 - hour / 100) for hour, code in enumerate(there))
        Report.objects.bulk_create(row(world.joko, world.areas[code], 0.05 - hour / 100) for hour, code in enumerate(there))
    paths = [world.areas[code].path for code in there]
    assert voices("CRM", paths, TODAY, TODAY) == Voices((3,), 1)
    assert counted() == {(path, str(TODAY)): 1 for path in paths[:3]}


def test_who_has_served_there_for_less_than_four_weeks_or_was_typed_in_counts_as_others_do(world, told):
    here = village(world)
    with writing_allowed("test"):
        term = Assignment.objects.create(
            officer=world.mira, role=Role.VILLAGE_OFFICER, unit=world.sek_kr, valid_from=TODAY - timedelta(days=20)
        )
        term.areas.set([here])
    told(world.mira)
    assert voices("CRM", [here.path], TODAY, TODAY) == Voices((), 1)
    with writing_allowed("test"):
        Assignment.objects.filter(pk=term.pk).update(valid_from=TODAY - timedelta(days=28))
    assert voices("CRM", [here.path], TODAY, TODAY) == Voices((1,), 0)
    with writing_allowed("test"):
        Report.objects.update(recorded_by=world.lina)
    assert voices("CRM", [here.path], TODAY, TODAY) == Voices((), 1)


def test_the_first_who_ever_served_a_village_are_not_new_there(world, told):
    here = village(world)
    with writing_allowed("test"):
        Assignment.objects.filter(areas__path__startswith=here.path).update(valid_from=TODAY - timedelta(days=3))
    told(world.sari)
    assert voices("CRM", [here.path], TODAY, TODAY) == Voices((1,), 0)


def test_what_comes_from_a_clock_that_could_not_be_set_right_is_not_counted(world, told):
    told()
    with writing_allowed("test"):
        Report.objects.update(time_uncertain=True)
    assert not counted()
