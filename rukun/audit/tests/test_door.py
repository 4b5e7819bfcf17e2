"""Nothing is done but through the door: permitted, whole, recorded, announced."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from rukun.access.scope import Actor, Grant, Where, system
from rukun.audit import door
from rukun.audit.guard import writing_allowed
from rukun.audit.models import Entry
from rukun.audit.tests.conftest import BUDI, JOKO
from rukun.lib import clock, jobs
from rukun.territory.models import Area, Outline


def test_an_act_says_who_did_what_where_and_only_what_it_promised_to_keep(house):
    with clock.at(datetime(2026, 3, 1, 8, 30, tzinfo=UTC)):
        house.rename(BUDI, house.aia_baliang, to="Aia Baru", note="Ibu Ani said so")
    entry = Entry.objects.get()
    assert (entry.actor, entry.role, entry.purpose) == ("officer:4", "sector_chief", "supervision")
    assert (entry.act, entry.object, entry.path) == ("subunit.change", f"territory.area:{house.aia_baliang.pk}", "9901010001")
    assert (entry.details, entry.simulated, entry.at) == ({"to": "Aia Baru"}, True, datetime(2026, 3, 1, 8, 30, tzinfo=UTC))


def test_what_is_recorded_may_be_left_to_its_default(house):
    @door.act("report.answer", records=("why", "when"))
    def repaint(actor, area, *, why="habit", when=None):
        return area

    repaint(BUDI, house.aia_baliang)
    assert Entry.objects.get().details == {"why": "habit", "when": ""}


def test_an_act_that_found_nothing_to_do_is_not_told(house):
    assert house.rename(BUDI, house.aia_baliang, to="Aia Baliang") is None
    assert not Entry.objects.exists()


def test_an_act_that_fails_leaves_nothing_behind(house):
    @door.act("report.answer")
    def break_down(actor, area):
        Area.objects.filter(pk=area.pk).update(name="half done")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        break_down(BUDI, house.aia_baliang)
    assert Area.objects.get(pk=house.aia_baliang.pk).name == "Aia Baliang"
    assert not Entry.objects.exists()


def test_a_refused_act_is_in_the_book_once_an_hour_and_nothing_else_is_changed(house):
    for minute in (5, 50, 65):
        with clock.at(datetime(2026, 3, 1, 8 + minute // 60, minute % 60, tzinfo=UTC)), pytest.raises(PermissionDenied):
            house.rename(JOKO, house.aia_baliang, to="Mine")
    assert Area.objects.get(pk=house.aia_baliang.pk).name == "Aia Baliang"
    assert [(entry.act, entry.actor, entry.path, entry.at.hour) for entry in Entry.objects.order_by("pk")] == [
        ("subunit.change:refused", "officer:9", "9901010001", 8),
        ("subunit.change:refused", "officer:9", "9901010001", 9),
    ]


def test_a_refusal_outlives_the_act_that_met_it(house):
    @door.act("problem.open")
    def overreach(actor, area):
        Area.objects.filter(pk=area.pk).update(name="half done")
        house.rename(JOKO, area, to="Mine")
        return area

    with pytest.raises(PermissionDenied):
        overreach(BUDI, house.aia_baliang)
    assert Area.objects.get(pk=house.aia_baliang.pk).name == "Aia Baliang"
    assert [entry.act for entry in Entry.objects.all()] == ["subunit.change:refused"]


def test_what_was_done_to_many_is_an_entry_each_and_one_announcement(house, monkeypatch):
    announced = []
    monkeypatch.setattr(jobs, "announce", lambda name, key: announced.append((name, key)))
    house.shout(BUDI, house.aia_baliang)
    assert [entry.path for entry in Entry.objects.order_by("pk")] == ["9901010001", "9901010002", "9902010001"]
    assert announced == [("subunit.add", str(house.aia_baliang.pk))]


def test_a_thing_that_an_act_has_deleted_is_told_of_as_it_was(house):
    with writing_allowed("test.world"):
        outline = Outline.objects.create(area=house.sungai_alun, geometry={}, west=0, south=0, east=1, north=1)

    @door.act("territory.import")
    def erase_outline(actor, outline):
        outline.delete()
        return outline

    pk = outline.pk
    erase_outline(system("test"), outline)
    assert (Entry.objects.get().object, Entry.objects.get().path) == (f"territory.outline:{pk}", "9902010001")


def test_an_act_without_a_row_is_done_for_the_country(house):
    @door.act("territory.import")
    def touch(actor, subject):
        return house.aia_baliang

    touch(system("test"), "")
    with pytest.raises(PermissionDenied):
        touch(BUDI, None)
    assert [entry.act for entry in Entry.objects.order_by("pk")] == ["territory.import", "territory.import:refused"]


def test_a_slip_in_declaring_an_act_is_met_at_once(house):
    with pytest.raises(ValueError, match=r"noun\.verb"):
        door.act("rename")
    with pytest.raises(ValueError, match="no argument towards"):
        door.act("report.answer", records=("towards",))(lambda actor, area, to: area)
    with pytest.raises(ValueError, match="already an act"):
        door.act("subunit.change")(lambda actor, area: area)
    with pytest.raises(TypeError, match="returned str"):
        door.act("report.answer")(lambda actor, area: "done")(BUDI, house.aia_baliang)


def test_a_note_is_kept_once_an_hour_where_that_is_asked(house):
    door.declare_note("report.read")
    for hour, minute in ((8, 0), (8, 59), (9, 0)):
        with clock.at(datetime(2026, 3, 1, hour, minute, tzinfo=UTC)):
            door.note(BUDI, "report.read", house.aia_baliang, once_per_hour=True, reason="complaint 12")
    assert Entry.objects.filter(act="report.read").count() == 2
    door.note(BUDI, "report.read", house.koto_rimbo, once_per_hour=True)
    assert Entry.objects.filter(act="report.read").count() == 3
    assert Entry.objects.order_by("pk").first().details == {"reason": "complaint 12"}


def test_a_note_nobody_declared_is_a_slip(house):
    with pytest.raises(door.UnknownNote):
        door.note(BUDI, "report.raed", house.aia_baliang)


def test_a_page_that_is_no_row_can_be_noted(house):
    door.declare_note("figures.export")
    door.note(BUDI, "figures.export", door.Page("figures", house.aia_baliang.where()))
    assert (Entry.objects.get().object, Entry.objects.get().path) == ("page:figures", "9901010001")


def test_maintenance_writes_what_it_must_under_one_entry(house):
    with door.maintenance("territory.tidy_names"):
        Area.objects.update(name="tidy")
    assert [(entry.act, entry.actor) for entry in Entry.objects.all()] == [("maintenance:territory.tidy_names", "system:maintenance")]


def test_entries_of_many_areas_stand_where_all_of_them_lie(house):
    door.declare_note("problem.read")
    door.note(BUDI, "problem.read", door.Page("both", Where(("9901010001", "9901010002"))))
    assert Entry.objects.get().path == "990101"
    assert Entry.objects.within(BUDI).count() == 1
    assert Entry.objects.within(JOKO).count() == 0


def test_what_was_done_to_a_units_people_is_read_by_who_reaches_the_unit(house):
    door.declare_note("officer.read")
    door.note(BUDI, "officer.read", door.Page("one", Where((), unit="10101001")))
    door.note(BUDI, "officer.read", door.Page("other", Where((), unit="10102001")))
    door.note(BUDI, "officer.read", door.Page("country"))
    assert [entry.object for entry in Entry.objects.within(BUDI)] == ["page:one"]
    assert Entry.objects.within(system("test")).count() == 3


ROOTS, UNITS = ("", "99", "990101", "9901010001", "9902", "z"), (None, "", "101", "10101001", "10102001")


@pytest.mark.parametrize("permission", ["book.view", "book.redact"])
@pytest.mark.parametrize("role", ["sector_chief", "auditor", "dpo", "system", "rw_officer"])
def test_an_entry_and_the_whole_book_answer_alike(house, role, permission):
    door.declare_note("officer.read")
    for path in ("", "99", "990101", "9901010001", "9902010001"):
        for unit in (None, "101", "10101001", "10102001"):
            door.note(BUDI, "officer.read", door.Page("one", Where((path,), unit=unit)))
    for root in ROOTS:
        for unit in UNITS:
            actor = Actor("someone", role, "", (Grant(role, root, "", unit),))
            listed = set(Entry.objects.within(actor, permission))
            assert listed == {entry for entry in Entry.objects.all() if actor.may(permission, entry.where())}, (root, unit)


def test_the_refusal_of_an_act_inside_someone_elses_transaction_is_kept_with_it(house):
    with transaction.atomic(), pytest.raises(PermissionDenied):
        house.rename(JOKO, house.aia_baliang, to="Mine")
    assert Entry.objects.filter(act="subunit.change:refused").exists()
