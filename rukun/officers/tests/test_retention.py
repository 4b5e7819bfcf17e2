"""Of those who sign in and serve, what is too old goes, addresses included."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from rukun.lib import clock
from rukun.officers import jobs, services
from rukun.officers.models import Absence, Invite


def later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def test_a_sheet_that_was_never_used_goes_90_days_after_its_last_day(world):
    sheet = services.reissue(world.actor(world.tomi), world.sari, why="ponsel hilang")
    with later(60):
        jobs.retain.func()
    assert Invite.objects.filter(pk=sheet.pk).exists()
    with later(400):
        jobs.retain.func()
    assert not Invite.objects.filter(pk=sheet.pk).exists()


def test_an_absence_goes_two_years_after_it_ended_and_an_open_one_stays(world):
    today = world.sek_kr.today()
    ended = services.record_absence(
        world.actor(world.nofri), world.sari, reason="leave", valid_from=today, valid_until=today + timedelta(days=3)
    )
    going = services.record_absence(world.actor(world.nofri), world.rahmi, reason="training", valid_from=today)
    with later(740):
        jobs.retain.func()
    assert set(Absence.objects.values_list("pk", flat=True)) & {ended.pk, going.pk} == {going.pk}


def test_addresses_and_sessions_do_not_outlive_their_use(world, client):
    client.force_login(world.sari.account)
    AccessAttempt.objects.create(username="1", ip_address="203.0.113.9", attempt_time=clock.now(), failures_since_start=1)
    with later(91):
        jobs.retain.func()
    assert not AccessAttempt.objects.exclude(attempt_time__gt=clock.now()).filter(ip_address="203.0.113.9").exists()
    assert not Session.objects.exists()
