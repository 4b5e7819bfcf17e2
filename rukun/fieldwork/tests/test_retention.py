"""What is too old goes by itself: texts first, then points, then the visits, of which a number stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.care import services as care
from rukun.fieldwork import counts, jobs, services
from rukun.fieldwork.models import Concern, Promise, Report, Visit, VisitCount, new_id
from rukun.lib import clock
from rukun.problems import services as problems

CANARY = "kenari di lapau simpang"


def later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


@pytest.fixture
def visit(world) -> Visit:
    return services.receive_visit(
        world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), place=CANARY, narrative=CANARY, people=3,
        concerns=((CANARY, "CRM-03"),), promises=((CANARY, date(2030, 1, 1)),),
    )  # fmt: skip


@pytest.fixture
def report(world) -> Report:
    return services.receive_report(
        world.actor(world.sari), world.pasar, id=new_id(), title=CANARY, facts=CANARY, opinion=CANARY, place=CANARY, basis="told", code="CRM-03",
        happened_at=clock.now(), latitude=-0.5, longitude=100.5,
    )  # fmt: skip


def test_what_was_written_of_a_visit_goes_after_six_months_and_the_visit_stays(world, visit):
    with later(180):
        jobs.retain.func()
    assert Visit.objects.get(pk=visit.pk).narrative == CANARY
    with later(190):
        jobs.retain.func()
        jobs.retain.func()
    found = Visit.objects.get(pk=visit.pk)
    assert (found.narrative, found.place, found.people, found.kind) == ("", "", 3, "visit")
    assert CANARY not in Concern.objects.values_list("text", flat=True)
    assert Entry.objects.filter(act="visit.blank", actor="system:retention").count() == 1


def test_an_open_promise_keeps_its_words_until_half_a_year_after_it_was_kept(world, visit):
    promise = Promise.objects.get()
    with later(1000):
        jobs.retain.func()
        promise.refresh_from_db()
        assert promise.text == CANARY and Visit.objects.filter(pk=visit.pk).exists()
        services.keep_promise(world.actor(world.sari), promise, outcome=CANARY)
    with later(1180):
        jobs.retain.func()
        promise.refresh_from_db()
        assert promise.text == CANARY
    with later(1190):
        jobs.retain.func()
    assert CANARY not in Promise.objects.values_list("text", flat=True)
    assert not Visit.objects.filter(pk=visit.pk).exists()  # it was waiting for its promise alone


def test_a_promise_of_practice_is_owed_to_nobody(world):
    services.receive_visit(
        world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), practice=True, concerns=((CANARY, None),),
        promises=((CANARY, date(2030, 1, 1)),),
    )  # fmt: skip
    with later(190):
        jobs.retain.func()
    assert CANARY not in Promise.objects.values_list("text", flat=True)


def test_one_sentence_alone_goes_as_well(world):
    """Nothing but what a resident said, nothing but the facts: no note, no place, no opinion beside it."""
    services.receive_visit(
        world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), concerns=(("Lampu padam.", None),)
    )
    services.receive_report(
        world.actor(world.sari), world.pasar, id=new_id(), title="Lampu", facts="Lampu padam.", basis="saw", happened_at=clock.now()
    )
    with later(740):
        services.blank_visits(system("retention"), before=clock.now())
        jobs.retain.func()
    assert Report.objects.get().facts == "—"
    assert Entry.objects.filter(act="visit.blank").count() == 1


def test_a_visit_goes_after_two_years_with_its_versions_and_is_counted_once(world, visit):
    newer = services.correct_visit(
        world.actor(world.sari), visit, kind="visit", made_at=visit.made_at, people=4, concerns=(("lampu jalan", None),)
    )
    practice = services.receive_visit(
        world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), nothing_said=True, practice=True
    )
    with later(740):
        jobs.retain.func()
    assert not Visit.objects.filter(pk__in=[visit.pk, newer.pk, practice.pk]).exists()
    kept = VisitCount.objects.get()
    assert (kept.area, kept.day, kept.kind, kept.contacts, kept.people) == (
        world.pasar, visit.made_at.astimezone(world.pasar.zone).date(), "visit", 1, 4,
    )  # fmt: skip
    assert counts.differences() == []  # what was counted beside the records is not counted anew as none


def test_an_exact_point_is_forgotten_long_before_the_words(world, report):
    with later(95):
        jobs.retain.func()
    found = Report.objects.get(pk=report.pk)
    assert (found.latitude, found.longitude, found.facts) == (None, None, CANARY)
    with later(740):
        jobs.retain.func()
    found = Report.objects.get(pk=report.pk)
    assert CANARY not in f"{found.title} {found.facts} {found.opinion} {found.place}"
    assert (found.code_id, found.area, found.happened_at) == ("CRM-03", world.pasar, report.happened_at)


def test_an_answer_begins_the_period_anew_and_an_unsolved_problem_holds_it(world, report):
    with later(700):
        services.answer(world.actor(world.nofri), report, kind="acted", text=CANARY)
        jobs.retain.func()
    with later(1000):
        jobs.retain.func()
    assert Report.objects.get(pk=report.pk).facts == CANARY
    problems.open_from_reports(world.actor(world.nofri), report, title=CANARY, code="CRM-03", stage="GN", severity=3)
    with later(2000):
        jobs.retain.func()
    assert Report.objects.get(pk=report.pk).facts == CANARY


def test_a_setting_makes_it_shorter_and_never_longer(world, visit, settings):
    settings.KEEP = "visit_text=30"
    with later(31):
        jobs.retain.func()
    assert Visit.objects.get(pk=visit.pk).narrative == ""
    for wrong in ("visit_text=400", "anything=3", "visit_text", "visit_text=0"):
        settings.KEEP = wrong
        with pytest.raises(ValueError, match="RUKUN_KEEP"):
            jobs.retain.func()


def test_the_data_protection_officer_alone_has_something_kept_longer_and_not_for_ever(world, visit):
    until = (clock.now() + timedelta(days=300)).date()
    with pytest.raises(care.NotGranted):
        care.lengthen(world.actor(world.mira), care.ground(world.actor(world.mira)), rule="visit_text", days=400, until=until, reason=" ")
    with pytest.raises(PermissionDenied):
        care.lengthen(
            world.actor(world.hendra), care.ground(world.actor(world.hendra)), rule="visit_text", days=400, until=until, reason="perkara"
        )
    longer = care.lengthen(
        world.actor(world.mira), care.ground(world.actor(world.mira)), rule="visit_text", days=400, until=until, reason="perkara berjalan"
    )
    with later(200):
        jobs.retain.func()
    assert Visit.objects.get(pk=visit.pk).narrative == CANARY
    with later(301):
        jobs.retain.func()
    assert Visit.objects.get(pk=visit.pk).narrative == ""
    assert care.restore_retention(world.actor(world.mira), care.ground(world.actor(world.mira)), longer=longer).withdrawn_at


def test_somebody_elses_right_erases_every_version_here_and_in_the_book(world, report):
    newer = services.correct_report(
        world.actor(world.sari), report, title="Lagi " + CANARY, facts="Lagi " + CANARY, basis="told", happened_at=report.happened_at
    )
    assert services.erase_report(world.actor(world.mira), newer, basis="permintaan 7") is not None
    assert services.erase_report(world.actor(world.mira), newer, basis="permintaan 7") is None
    assert not Report.objects.filter(facts__contains=CANARY).exists() and not Report.objects.filter(title__contains=CANARY).exists()
    assert {entry.details for entry in Entry.objects.of(report).filter(act="report.receive")} == {None}


@pytest.mark.parametrize("key", ["sari", "nofri", "budi", "yusuf", "tomi"])
def test_nobody_else_erases(world, report, key):
    with pytest.raises(PermissionDenied):
        services.erase_report(world.actor(getattr(world, key)), report, basis="mau saya")


def test_the_machine_acts_for_nobody(world):
    assert services.blank_visits(system("retention"), before=clock.now() - timedelta(days=1)) is None
