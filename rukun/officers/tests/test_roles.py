"""Who gives which role to whom, where it can be held, and when it ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.audit.models import Entry
from rukun.officers import rules, services
from rukun.officers.models import Officer
from rukun.officers.rules import Role
from rukun.officers.services import NotPossible

TODAY = date(2026, 6, 1)


def test_an_nrp_keeps_its_leading_zero_and_has_a_month_in_it():
    assert rules.is_nrp("02051101") and not rules.is_nrp("2051101") and not rules.is_nrp("02131101") and not rules.is_nrp("0205110a")


def test_a_kapolsek_names_her_people_but_no_auditor_and_no_equal():
    assert rules.gives(Role.SECTOR_CHIEF, Role.RW_OFFICER) and rules.gives(Role.SECTOR_CHIEF, Role.SECTOR_UNIT_HEAD)
    for role in (Role.SECTOR_CHIEF, Role.AUDITOR, Role.DPO, Role.ADMINISTRATOR, Role.ANALYST, Role.OPERATOR, Role.RESORT_CHIEF):
        assert not rules.gives(Role.SECTOR_CHIEF, role)


def test_a_kapolsek_stands_at_a_polsek():
    assert rules.fits(Role.SECTOR_CHIEF, "polsek") and not rules.fits(Role.SECTOR_CHIEF, "polres") and rules.fits(Role.ANALYST, "mabes")


def test_terms_that_meet_at_a_day_do_not_overlap():
    june, july = date(2026, 6, 1), date(2026, 7, 1)
    assert not rules.overlap((june, july), (july, None))
    assert rules.overlap((june, None), (july, None)) and rules.overlap((july, None), (june, july + timedelta(1)))


def test_a_kanit_gives_a_village_to_an_officer_and_it_is_in_the_book(world):
    nofri = world.actor(world.nofri)
    term = services.assign(
        nofri, world.sari, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.guguak_sapan], valid_from=TODAY, basis="Sprin/12/VI/2026"
    )
    assert term.valid_until is None
    entry = Entry.objects.filter(act="officer.assign").latest("pk")
    assert entry.actor == nofri.name and entry.details["basis"] == "Sprin/12/VI/2026" and "rw_officer" in entry.details["role"]


def test_nobody_gives_himself_a_role_or_takes_back_his_own_access(world):
    tomi = world.actor(world.tomi)
    with pytest.raises(NotPossible):
        services.assign(tomi, world.tomi, role=Role.AUDITOR, unit=world.polda_nc, valid_from=TODAY)
    with pytest.raises(NotPossible):
        services.revoke(tomi, world.tomi, why="trying")


def test_a_kanit_makes_nobody_a_kanit_and_nobody_of_another_polsek_anything(world):
    nofri = world.actor(world.nofri)
    with pytest.raises(NotPossible):
        services.assign(nofri, world.rahmi, role=Role.SECTOR_UNIT_HEAD, unit=world.sek_kr, valid_from=TODAY)
    with pytest.raises(PermissionDenied):
        services.assign(nofri, world.joko, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.aia_baliang], valid_from=TODAY)
    with pytest.raises(PermissionDenied):
        services.assign(nofri, world.sari, role=Role.RW_OFFICER, unit=world.sek_la, areas=[world.sungai_alun], valid_from=TODAY)


def test_a_role_is_given_only_for_areas_that_the_unit_covers(world):
    with pytest.raises(NotPossible, match=r"Sungai Alun"):
        services.assign(
            world.actor(world.nofri), world.sari, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.sungai_alun], valid_from=TODAY
        )


def test_the_same_role_is_not_given_twice(world):
    with pytest.raises(NotPossible):
        services.assign(
            world.actor(world.nofri), world.sari, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.aia_baliang], valid_from=TODAY
        )


def test_a_role_that_ends_opens_nothing_from_that_day_on(world):
    [term] = world.sari.assignments.all()
    services.relieve(world.actor(world.nofri), term, on=TODAY, reason="moved")
    assert world.sari in Officer.objects.serving("rw_officer", world.aia_baliang.path, TODAY - timedelta(1))
    assert world.sari not in Officer.objects.serving("rw_officer", world.aia_baliang.path, TODAY)
    assert services.relieve(world.actor(world.nofri), term, on=TODAY) is None


def test_a_kanit_does_not_end_the_role_of_the_chief_nor_a_director_that_of_the_auditor(world):
    for actor, officer in ((world.nofri, world.budi), (world.ratna, world.yusuf)):
        [term] = officer.assignments.all()
        with pytest.raises(NotPossible):
            services.relieve(world.actor(actor), term, on=TODAY)


def test_a_term_that_has_not_begun_is_taken_back(world):
    later = TODAY + timedelta(30)
    term = services.assign(
        world.actor(world.nofri), world.sari, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.guguak_sapan], valid_from=later
    )
    services.relieve(world.actor(world.nofri), term, on=TODAY)
    assert world.sari.assignments.count() == 1


def test_an_officer_without_command_assigns_nobody(world):
    with pytest.raises(PermissionDenied):
        services.assign(
            world.actor(world.rahmi), world.sari, role=Role.RW_OFFICER, unit=world.sek_kr, areas=[world.guguak_sapan], valid_from=TODAY
        )
    with pytest.raises(PermissionDenied):
        services.enrol(world.actor(world.nofri), world.sek_kr, nrp="99010001", name="Baru", rank="Bripda")


def test_who_leaves_the_service_holds_nothing_and_signs_in_no_more(world):
    services.leave(world.actor(world.tomi), world.sari, on=TODAY)
    world.sari.account.refresh_from_db()
    assert not world.sari.account.is_active and world.sari not in Officer.objects.of_area(world.aia_baliang.path, TODAY)
    with pytest.raises(NotPossible):
        services.assign(
            world.actor(world.nofri),
            Officer.objects.get(pk=world.sari.pk),
            role=Role.RW_OFFICER,
            unit=world.sek_kr,
            areas=[world.guguak_sapan],
            valid_from=TODAY,
        )


@pytest.mark.parametrize(
    ("nrp", "rank", "name"),
    [("12345678", "Bripda", "A"), ("02051101", "Bripda", "A"), ("99010001", "Kapten", "A"), ("99010001", "Bripda", " ")],
)
def test_a_wrong_nrp_a_taken_one_an_unknown_rank_or_no_name_enrols_nobody(world, nrp, rank, name):
    with pytest.raises(NotPossible):
        services.enrol(world.actor(world.tomi), world.sek_kr, nrp=nrp, name=name, rank=rank)


def test_who_answers_for_a_place_is_found_up_the_ladder_and_not_while_away(world):
    path = world.aia_baliang.path
    found = {role: list(Officer.objects.answerable(role, path, TODAY)) for role in rules.LADDER}
    assert found == {
        Role.SECTOR_UNIT_HEAD: [world.nofri], Role.SECTOR_CHIEF: [world.budi], Role.RESORT_UNIT_HEAD: [world.dewi],
        Role.RESORT_CHIEF: [world.hendra], Role.REGIONAL_DIRECTOR: [world.ratna],
    }  # fmt: skip
    services.record_absence(world.actor(world.budi), world.nofri, reason="leave", valid_from=TODAY, valid_until=TODAY + timedelta(7))
    assert not Officer.objects.answerable(Role.SECTOR_UNIT_HEAD, path, TODAY)
    assert list(Officer.objects.answerable(Role.SECTOR_UNIT_HEAD, path, TODAY + timedelta(7))) == [world.nofri]


def test_who_stands_in_answers_in_the_meantime(world):
    [term] = world.nofri.assignments.all()
    week = TODAY + timedelta(7)
    services.record_absence(world.actor(world.budi), world.nofri, reason="leave", valid_from=TODAY, valid_until=week)
    services.assign(
        world.actor(world.budi),
        world.rahmi,
        role=Role.SECTOR_UNIT_HEAD,
        unit=world.sek_kr,
        valid_from=TODAY,
        valid_until=week,
        stands_in_for=term,
    )
    assert list(Officer.objects.answerable(Role.SECTOR_UNIT_HEAD, world.aia_baliang.path, TODAY)) == [world.rahmi]
    assert world.actor(world.rahmi, "sector_unit_head").role in {"sector_unit_head", "village_officer"}


def test_absences_do_not_overlap_and_end_when_someone_is_back(world):
    nofri = world.actor(world.nofri)
    away = services.record_absence(nofri, world.sari, reason="sick", valid_from=TODAY)
    with pytest.raises(NotPossible):
        services.record_absence(nofri, world.sari, reason="leave", valid_from=TODAY + timedelta(3))
    services.end_absence(nofri, away, on=TODAY + timedelta(2))
    assert world.sari in Officer.objects.on_duty(TODAY + timedelta(2)) and world.sari not in Officer.objects.on_duty(TODAY + timedelta(1))


def test_whom_a_village_calls_its_own(world):
    assert set(Officer.objects.of_area(world.aia_baliang.path, TODAY)) == {world.sari, world.rahmi}
