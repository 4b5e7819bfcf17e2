"""The people of a unit on their pages: seen within the scope, changed through acts, gaps listed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from rukun.audit.models import Entry
from rukun.lib import clock
from rukun.officers import coverage, services
from rukun.officers.models import Absence, Assignment, Invite, Officer

TODAY = clock.today("Asia/Jakarta")


@pytest.fixture
def seen_by(client):
    def sign_in(officer):
        client.force_login(officer.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def test_a_kanit_sees_her_people_and_no_others(world, seen_by):
    text = seen_by(world.nofri).get(reverse("officers:people")).content.decode()
    assert "Sari Melati" in text and "Joko Prasetyo" not in text
    assert seen_by(world.nofri).get(reverse("officers:officer", args=[world.joko.pk])).status_code == 404
    assert seen_by(world.nofri).get(reverse("officers:people"), {"q": "0205"}).content.decode().count("Sari Melati") >= 1


def test_one_officer_is_drawn_for_each_who_may_look(world, seen_by):
    for who in (world.nofri, world.budi, world.tomi, world.sari, world.yusuf):
        page = seen_by(who).get(reverse("officers:officer", args=[world.sari.pk]))
        assert page.status_code == 200 and "Polisi RW" in page.content.decode()


def test_sheets_are_printed_from_the_page(world, seen_by):
    answer = seen_by(world.nofri).post(reverse("officers:invite"), {"officer": [world.sari.pk, world.joko.pk]})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF") and "no-store" in answer["Cache-Control"]
    assert Invite.objects.get().account == world.sari.account
    assert seen_by(world.nofri).post(reverse("officers:invite"), {}).status_code == 302


def test_a_new_sign_in_is_asked_by_one_and_confirmed_by_another(world, seen_by):
    ask = reverse("officers:reissue", args=[world.sari.pk])
    assert seen_by(world.nofri).get(ask).status_code == 200
    assert seen_by(world.nofri).post(ask, {"why": ""}).status_code == 422
    assert seen_by(world.nofri).post(ask, {"why": "phone lost"}).status_code == 302
    asked = Invite.objects.get()
    confirm = reverse("officers:confirm", args=[asked.pk])
    assert seen_by(world.nofri).post(confirm).status_code == 302 and Invite.objects.get().confirmed_by is None
    assert "phone lost" in seen_by(world.budi).get(reverse("officers:people")).content.decode()
    assert seen_by(world.yeni).post(confirm).status_code == 404
    assert seen_by(world.budi).post(confirm).content.startswith(b"%PDF")


def test_an_account_is_closed_with_a_reason(world, seen_by):
    page = reverse("officers:revoke", args=[world.sari.pk])
    assert seen_by(world.nofri).get(page).status_code == 200
    seen_by(world.nofri).post(page, {"why": "moved away"})
    world.sari.account.refresh_from_db()
    assert not world.sari.account.is_active
    assert Entry.objects.filter(act="account.revoke").get().details["why"] == "moved away"


def test_the_administrator_enrols_changes_and_takes_out_of_service(world, seen_by):
    tomi = seen_by(world.tomi)
    assert tomi.get(reverse("officers:enrol")).status_code == 200
    person = {"nrp": "00010077", "name": "Wati Rahayu", "rank": "Bripda", "function": "", "unit": world.sek_kr.pk}
    assert tomi.post(reverse("officers:enrol"), person | {"nrp": "123"}).status_code == 422
    assert tomi.post(reverse("officers:enrol"), person).status_code == 302
    wati = Officer.objects.get(account__nrp="00010077")
    tomi.post(
        reverse("officers:change", args=[wati.pk]), {"name": "Wati Rahayu", "rank": "Briptu", "function": "Binmas", "unit": world.sek_kr.pk}
    )
    wati.refresh_from_db()
    assert wati.rank == "Briptu"
    assert tomi.get(reverse("officers:leave", args=[wati.pk])).status_code == 200
    tomi.post(reverse("officers:leave", args=[wati.pk]), {"last": TODAY.isoformat()})
    wati.refresh_from_db()
    assert wati.left_on == TODAY + timedelta(1)
    assert seen_by(world.nofri).get(reverse("officers:enrol")).status_code == 403


def test_a_kanit_gives_and_ends_a_role(world, seen_by):
    nofri, page = seen_by(world.nofri), reverse("officers:assign", args=[world.sari.pk])
    text = nofri.get(page).content.decode()
    assert "Bhabinkamtibmas" in text and "Kapolsek" not in text.split("<form")[-1]
    given = {
        "role": "rw_officer",
        "areas": [world.guguak_sapan.pk],
        "valid_from": TODAY.isoformat(),
        "valid_until": (TODAY + timedelta(9)).isoformat(),
    }
    assert nofri.post(page, given | {"areas": []}).status_code == 422
    assert nofri.post(page, given).status_code == 302
    term = Assignment.objects.filter(officer=world.sari).latest("pk")
    assert term.valid_until == TODAY + timedelta(10)
    end = reverse("officers:relieve", args=[term.pk])
    assert nofri.get(end).status_code == 200
    nofri.post(end, {"last": (TODAY + timedelta(2)).isoformat(), "reason": ""})
    term.refresh_from_db()
    assert term.valid_until == TODAY + timedelta(3)
    assert seen_by(world.yeni).post(end, {"last": TODAY.isoformat()}).status_code == 404


def test_a_village_without_an_officer_is_listed_with_its_next_step(world, seen_by):
    page = reverse("officers:uncovered")
    before = {gap.area for gap in coverage.villages(world.actor(world.nofri), TODAY)}
    assert world.aia_baliang not in before and world.guguak_sapan not in before
    nofri = seen_by(world.nofri)
    nofri.post(reverse("officers:absence", args=[world.rahmi.pk]), {"reason": "leave", "valid_from": TODAY.isoformat(), "valid_until": ""})
    gaps = {gap.area: gap for gap in coverage.villages(world.actor(world.nofri), TODAY)}
    assert world.guguak_sapan in gaps and world.aia_baliang not in gaps  # Sari is still in Aia Baliang
    [term] = gaps[world.guguak_sapan].away
    text = nofri.get(page).content.decode()
    assert "Guguak Sapan" in text and f"?term={term.pk}" in text and "Rahmi Anjani" in text

    choose = nofri.get(reverse("officers:people"), {"term": term.pk}).content.decode()
    assert f"{reverse('officers:assign', args=[world.fadli.pk])}?term={term.pk}" in choose
    stand_in = f"{reverse('officers:assign', args=[world.fadli.pk])}?term={term.pk}"
    assert nofri.get(stand_in).context["form"].initial["role"] == "village_officer"
    given = {"role": "village_officer", "areas": [world.guguak_sapan.pk], "valid_from": TODAY.isoformat(), "valid_until": "", "basis": ""}
    assert nofri.post(stand_in, given).status_code == 302
    assert Assignment.objects.filter(officer=world.fadli).latest("pk").stands_in_for == term
    assert world.guguak_sapan not in {gap.area for gap in coverage.villages(world.actor(world.nofri), TODAY)}
    away = Absence.objects.get()
    nofri.post(reverse("officers:end_absence", args=[away.pk]))
    assert not Absence.objects.valid(TODAY).exists()


def test_a_village_nobody_was_ever_given_is_listed_and_can_be_given(world, seen_by):
    [term] = world.dasril.assignments.all()
    services.relieve(world.actor(world.nofri), term, on=TODAY)
    text = seen_by(world.nofri).get(reverse("officers:uncovered")).content.decode()
    area = next(gap.area for gap in coverage.villages(world.actor(world.nofri), TODAY))
    assert f"?area={area.pk}" in text and "Dasril Umar" in text  # now without a role
    assert area.name in seen_by(world.nofri).get(reverse("officers:people"), {"area": area.pk}).content.decode()


def test_a_polsek_without_a_kanit_is_listed(world):
    [term] = world.nofri.assignments.all()
    services.relieve(world.actor(world.budi), term, on=TODAY)
    assert list(coverage.without_head(world.actor(world.dewi), TODAY)) == [world.sek_kr]


def test_another_hat_is_one_tap_and_stands_in_the_book(world, seen_by):
    services.assign(world.actor(world.budi), world.rahmi, role="sector_unit_head", unit=world.sek_kr, valid_from=TODAY)
    rahmi = seen_by(world.rahmi)
    text = rahmi.get(reverse("officers:me")).content.decode()
    assert "Kanit Binmas Koto Rimbo" in text and "Bhabinkamtibmas Aia Baliang" in text
    assert rahmi.get(reverse("officers:invite")).status_code in {403, 405}
    rahmi.post(reverse("officers:hat"), {"role": "sector_unit_head"})
    assert rahmi.get(reverse("officers:uncovered")).status_code == 200
    entry = Entry.objects.filter(act="hat.change").get()
    assert entry.role == "sector_unit_head"
    rahmi.post(reverse("officers:hat"), {"role": "administrator"})
    assert rahmi.get(reverse("officers:enrol")).status_code == 403


def test_a_field_officer_changes_nothing_about_anybody(world, seen_by):
    sari = seen_by(world.sari)
    for name in ("assign", "absence", "reissue", "revoke", "change", "leave"):
        assert sari.get(reverse(f"officers:{name}", args=[world.rahmi.pk])).status_code == 403, name
    assert sari.get(reverse("officers:uncovered")).status_code == 403


def test_an_account_without_an_officer_sees_only_its_own_page(db, client):
    from rukun.officers.models import Account

    client.force_login(Account.objects.create_user("99010101"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("officers:me")).status_code == 200 and client.get(reverse("officers:people")).status_code == 403
