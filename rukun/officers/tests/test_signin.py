"""At the door: password, sheet, second proof, lockout, sessions; and what of it stands in the book."""

import base64
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import NoReverseMatch, reverse

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.lib import clock
from rukun.officers import services
from rukun.officers.adapter import client_ip
from rukun.officers.models import Account, Invite
from rukun.officers.rules import SHEET_LIFE, in_fours, tidy_code
from rukun.officers.services import NotPossible

PASSWORD = "padi kuning pagi sekali"


@pytest.fixture(autouse=True)
def _no_memory_of_tries():
    cache.clear()


def opened(officer):
    services.open_account(system("test"), officer, password=PASSWORD)
    return officer


def sign_in(client, officer, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": officer.account.nrp, "password": password})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def set_up_app(client) -> str:
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    return secret


def test_an_officer_signs_in_with_nrp_and_password_and_the_book_says_so(world, client):
    page = client.get(reverse("account_login"))
    assert page.status_code == 200 and b"inputmode" in page.content and "Siapa Anda?" in page.content.decode()
    answer = sign_in(client, opened(world.sari))
    assert answer.status_code == 302 and answer["Location"] == "/"
    entry = Entry.objects.filter(act="session.open").get()
    assert entry.actor == f"officer:{world.sari.pk}" and PASSWORD not in str(list(Entry.objects.values()))


def test_a_wrong_password_is_said_plainly_and_noted_without_what_was_typed(world, client):
    answer = sign_in(client, opened(world.sari), "salah sekali ini")
    assert answer.status_code == 200 and "tidak cocok" in answer.content.decode()
    entry = Entry.objects.filter(act="session.fail").get()
    assert entry.object == f"officers.officer:{world.sari.pk}" and entry.actor == "public"


def test_six_wrong_passwords_shut_the_door_even_for_the_right_one(world, client):
    opened(world.sari)
    for _ in range(6):
        answer = sign_in(client, world.sari, "salah sekali ini")
    answer = sign_in(client, world.sari)
    assert answer.status_code == 429 and "seperempat jam" in answer.content.decode()
    assert "session.lock" in acts() and "_auth_user_id" not in client.session


def test_a_stranger_who_guesses_behind_the_same_proxy_does_not_shut_the_door_for_the_officer(world, client, settings):
    settings.HTTPS = True
    opened(world.sari)
    stranger, herself = {"headers": {"X-Real-IP": "203.0.113.7"}}, {"headers": {"X-Real-IP": "2001:db8::5"}}
    for _ in range(6):
        answer = client.post(reverse("account_login"), {"login": world.sari.account.nrp, "password": "salah sekali ini"}, **stranger)
    assert answer.status_code == 429
    assert client.post(reverse("account_login"), {"login": world.sari.account.nrp, "password": PASSWORD}, **herself).status_code == 302


def test_without_a_proxy_of_ours_nobody_says_who_he_is(world, client, rf, settings):
    claims = {"HTTP_X_REAL_IP": "203.0.113.7", "REMOTE_ADDR": "192.0.2.9"}
    assert client_ip(rf.get("/", **claims)) == "192.0.2.9"
    settings.HTTPS = True
    assert client_ip(rf.get("/", **claims)) == "203.0.113.7"
    assert client_ip(rf.get("/", **claims | {"HTTP_X_REAL_IP": "'; drop"})) == "192.0.2.9"


def test_a_closed_account_opens_nothing(world, client):
    services.revoke(world.actor(world.tomi), opened(world.sari), why="phone found by others")
    answer = client.post(reverse("account_login"), {"login": world.sari.account.nrp, "password": PASSWORD}, follow=True)
    assert "_auth_user_id" not in client.session and "ditutup" in answer.content.decode()


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "mfa_signup_webauthn"])
def test_there_is_no_page_for_what_we_do_not_want(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_kanit_sets_up_a_second_proof_before_the_first_page(world, client, django_capture_on_commit_callbacks):
    sign_in(client, opened(world.nofri))
    answer = client.get(reverse("officers:people"))
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    again = client.get(reverse("mfa_activate_totp"))
    assert again.status_code == 302 and reverse("account_reauthenticate") in again["Location"]
    client.post(again["Location"], {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert client.get(reverse("officers:people")).status_code == 200
    assert "factor.add" in acts()


def test_a_field_officer_is_urged_and_not_held_up(world, client):
    sign_in(client, opened(world.sari))
    assert client.get(reverse("officers:people")).status_code == 200
    assert "dua menit" in client.get(reverse("officers:me")).content.decode()


def test_with_an_app_the_password_alone_opens_nothing(world, client):
    sign_in(client, opened(world.sari))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = set_up_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert codes.status_code == 200
    recovery = codes.context["unused_codes"][0]

    other = Client()
    answer = sign_in(other, world.sari)
    assert answer["Location"] == reverse("mfa_authenticate") and "_auth_user_id" not in other.session
    assert "aplikasi" in other.get(reverse("mfa_authenticate")).content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in other.session
    assert other.post(reverse("mfa_authenticate"), {"code": recovery}).status_code == 302 and "_auth_user_id" in other.session
    assert Authenticator.objects.get(type="totp").data["secret"] != secret  # sealed in the table
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_for(secret))


def test_a_sheet_opens_once_and_then_never_again(world, client):
    sheet = services.invite(world.actor(world.nofri), world.sari)
    assert sheet.code not in str(Invite.objects.values().get())
    typed = {"nrp": world.sari.account.nrp, "code": in_fours(sheet.code).lower(), "password1": PASSWORD, "password2": PASSWORD}
    assert client.get(reverse("officers:sheet")).status_code == 200
    answer = client.post(reverse("officers:sheet"), typed)
    assert answer.status_code == 302 and "_auth_user_id" in client.session
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200  # just proven: not asked again
    assert Client().post(reverse("officers:sheet"), typed).status_code == 422
    assert "account.open" in acts()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "AAAA BBBB CCCC DDDD"}, "tidak membuka"), ({"nrp": "92031102"}, "tidak membuka"), ({"password2": "lain"}, "berbeda"),
        ({"password1": "pendek", "password2": "pendek"}, "12"),
    ],
)  # fmt: skip
def test_a_sheet_with_something_wrong_opens_nothing(world, client, change, sentence):
    sheet = services.invite(world.actor(world.nofri), world.sari)
    typed = {"nrp": world.sari.account.nrp, "code": sheet.code, "password1": PASSWORD, "password2": PASSWORD} | change
    answer = client.post(reverse("officers:sheet"), typed)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Invite.objects.get().used_at is None and "_auth_user_id" not in client.session


def test_a_sheet_that_is_too_old_or_replaced_opens_nothing(world):
    old = services.invite(world.actor(world.nofri), world.sari)
    with clock.at(clock.now() + SHEET_LIFE):
        assert Invite.objects.matching(world.sari.account.nrp, old.code, clock.now()) is None
    new = services.invite(world.actor(world.nofri), world.sari)
    assert Invite.objects.matching(world.sari.account.nrp, old.code, clock.now()) is None
    assert Invite.objects.matching(world.sari.account.nrp, new.code, clock.now()) == new
    with pytest.raises(NotPossible):
        services.open_account(system("test"), world.sari, password=PASSWORD, sheet=old)


def test_a_code_is_read_however_it_is_typed():
    assert tidy_code(" 8f3k-2q7t o9xa il wz") == "8F3K2Q7T09XA11WZ"


def test_a_lost_phone_takes_two_people_and_ends_every_session(world, client):
    sign_in(client, opened(world.sari))
    assert UserSession.objects.filter(user=world.sari.account).exists()
    asked = services.reissue(world.actor(world.nofri), world.sari, why="phone lost in the river")
    assert client.get(reverse("officers:me")).status_code == 302  # out at once
    assert asked.secret_hash == ""
    with pytest.raises(NotPossible):
        services.confirm(world.actor(world.nofri), asked)
    with pytest.raises(PermissionDenied):
        services.confirm(world.actor(world.sari), asked)
    sheet = services.confirm(world.actor(world.budi), asked)
    account = Account.objects.get(pk=world.sari.account_id)
    assert not account.has_usable_password() and Invite.objects.matching(account.nrp, sheet.code, clock.now()) == sheet
    with pytest.raises(NotPossible):
        services.confirm(world.actor(world.budi), Invite.objects.get(pk=asked.pk))


def test_nobody_opens_or_closes_the_account_of_a_chief_or_an_auditor_from_below_or_beside(world):
    for actor, officer in ((world.nofri, world.budi), (world.ratna, world.yusuf), (world.budi, world.lina), (world.dewi, world.hendra)):
        with pytest.raises(NotPossible):
            services.invite(world.actor(actor), officer)
        with pytest.raises(NotPossible):
            services.reissue(world.actor(actor), officer, why="wanting in")
        with pytest.raises(NotPossible):
            services.revoke(world.actor(actor), officer, why="wanting out")
    asked = services.reissue(world.actor(world.hendra), world.budi, why="phone lost")
    with pytest.raises(NotPossible):
        services.confirm(world.actor(world.nofri), asked)
    assert services.confirm(world.actor(world.tomi), asked).account == world.budi.account


@pytest.mark.parametrize("who", ["nofri", "tomi"])
def test_nobody_asks_for_his_own_new_sign_in_the_administrator_neither(world, who):
    person = getattr(world, who)
    with pytest.raises(NotPossible):
        services.reissue(world.actor(person), person, why="mine")


def test_sheets_are_not_for_those_who_sign_in_already(world):
    with pytest.raises(NotPossible):
        services.invite(world.actor(world.nofri), opened(world.sari))


def test_signing_out_everywhere_ends_every_device(world, client):
    other = Client()
    sign_in(client, opened(world.sari))
    sign_in(other, world.sari)
    assert client.get(reverse("usersessions_list")).context["session_count"] == 2
    client.post(reverse("officers:end_everywhere"))
    assert client.get(reverse("officers:me")).status_code == 302 and other.get(reverse("officers:me")).status_code == 302
    assert "session.end" in acts()


def test_other_devices_are_signed_out_and_this_one_stays(world, client):
    other = Client()
    sign_in(client, opened(world.sari))
    sign_in(other, world.sari)
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("officers:me")).status_code == 200 and other.get(reverse("officers:me")).status_code == 302


def test_a_new_password_is_saved_and_noted(world, client):
    sign_in(client, opened(world.sari))
    new = "kentongan di surau lama"
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True)
    assert answer.status_code == 200 and "password.change" in acts()
    assert sign_in(Client(), world.sari, new).status_code == 302


def test_a_key_can_be_asked_for_before_anyone_is_known(client, db):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert base64.urlsafe_b64decode(answer.json()["request_options"]["publicKey"]["challenge"] + "==")


def test_signing_out_is_noted(world, client):
    sign_in(client, opened(world.sari))
    client.post(reverse("account_logout"))
    assert acts()[-1] == "session.close"


def test_every_page_of_mine_is_drawn_without_inline_script(world, client):
    sign_in(client, opened(world.sari))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = [
        "officers:me", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list", "account_change_password",
        "account_logout", "account_reauthenticate",
    ]  # fmt: skip
    for name in names:
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        text = page.content.decode()
        assert " style=" not in text and " onclick" not in text and "<script>" not in text, name
    set_up_app(client)
    for name in (
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_index",
    ):
        assert client.get(reverse(name)).status_code == 200, name
