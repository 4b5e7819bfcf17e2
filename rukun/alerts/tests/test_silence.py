"""Silence is a blind spot with a reason, and never a statistical alert."""

from datetime import timedelta

from rukun.alerts import watch
from rukun.alerts.models import Alert
from rukun.alerts.rules import at_most, is_silent, nobody_answers
from rukun.alerts.tests.conftest import NOON
from rukun.audit.guard import writing_allowed
from rukun.fieldwork.models import Report, Visit
from rukun.officers import services as officers

TODAY = NOON.date()


def fall_silent(*areas) -> None:
    with writing_allowed("test"):
        since = NOON - timedelta(days=28)
        Visit.objects.filter(area__in=areas, made_at__gt=since).delete()
        Report.objects.filter(area__in=areas, received_at__gt=since).delete()


def test_villages_that_fall_silent_are_one_alert_for_their_polsek_with_the_reason(world, lived):
    lived(visits=0.7)
    away = world.areas["99.01.01.2002"], world.areas["99.01.01.2006"]  # Fadli's
    known = world.areas["99.01.01.2004"]  # Dasril serves there
    fall_silent(*away, known)
    officers.record_absence(world.actor(world.nofri), world.fadli, reason="sick", valid_from=TODAY - timedelta(days=30))
    outcome = watch.look_over(world.res_rd, TODAY)
    told = {(alert.reason, *sorted(area.name for area in alert.areas.all())): alert for alert in outcome.raised}
    assert set(told) == {("absent", "Koto Rimbo", "Simpang Data"), ("unknown", "Balai Tangah Baru")}
    alert = told["absent", "Koto Rimbo", "Simpang Data"]
    assert (alert.kind, alert.stage, alert.unit, alert.owner) == ("silence", "check", world.sek_kr, world.nofri)
    assert alert.observed == 0 and alert.expected > 20 and alert.due == TODAY + timedelta(days=14)
    watch.look_over(world.res_rd, TODAY)
    watch.look_over(world.polda_nc, TODAY)
    assert Alert.objects.count() == 2


def test_where_nobody_serves_that_is_the_reason(world, lived):
    lived(visits=0.7)
    term = world.dasril.assignments.get()
    officers.relieve(world.actor(world.budi), term, on=TODAY - timedelta(days=29))
    fall_silent(world.areas["99.01.01.2004"])
    (alert,) = watch.look_over(world.res_rd, TODAY).raised
    assert alert.reason == "no_officer"


def test_reports_that_nobody_answers_any_more_are_silence_too(world, lived):
    from rukun.fieldwork.models import Answer

    lived(rate=0.3)
    here = world.areas["99.01.01.2001"]
    with writing_allowed("test"):
        old = Report.objects.exclude(area=here, received_at__gt=NOON - timedelta(days=60))
        Answer.objects.bulk_create(
            [Answer(report=one, officer=world.nofri, kind="acted", text="Patroli.", at=one.received_at) for one in old]
        )
    (alert,) = watch.look_over(world.res_rd, TODAY).raised
    assert (alert.reason, [area.name for area in alert.areas.all()], alert.observed) == ("unread", ["Aia Baliang"], 0)


def test_how_few_is_silence_depends_on_how_much_it_varies():
    assert is_silent(0, [12, 11, 13, 12, 12]) is not None
    assert is_silent(0, [30, 0, 1, 28, 0, 1]) is None
    assert is_silent(0, [1, 2, 1, 1]) is None and is_silent(0, [40, 40]) is None
    assert abs(at_most(2, 3.0, 3.0) - 0.4232) < 1e-4 and at_most(1, 3.0, 9.0) > at_most(1, 3.0, 3.0)
    assert nobody_answers(8, 0, 60, 55) and not nobody_answers(8, 1, 60, 55) and not nobody_answers(8, 0, 60, 5)
