"""Who the officer was when it happened: what was recorded while he might is taken in, wherever he serves since."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rukun.access.scope import Actor, Where
from rukun.officers.hats import actor_for, held
from rukun.officers.models import Officer
from rukun.phone.intake.envelope import Envelope, Sender


def actor_then(sender: Sender, envelope: Envelope, permission: str, where: Where, zone: str) -> Actor:
    """The officer under the hat that allows it, on the day it happened; else as of today, so that the door says no."""
    if sender.stand_in is not None:
        return sender.stand_in
    for day in dict.fromkeys(days(sender, envelope, zone)):
        for actor in sender.once(("actors", day), lambda day=day: actors(sender.officer, day)):  # type: ignore[misc]  # bound as the loop goes
            if actor.may(permission, where):
                return actor
    return sender.once("today", lambda: actor_for(sender.officer))


def actors(officer: Officer, day: date) -> list[Actor]:
    return [actor_for(officer, role, day) for role in dict.fromkeys(term.role for term in held(officer, day))]


def days(sender: Sender, envelope: Envelope, zone: str) -> Iterator[date]:
    here = ZoneInfo(zone)
    today = sender.received.astimezone(here).date()
    yield envelope.at.astimezone(here).date()
    yield today
    if envelope.uncertain:  # any day since the phone is known may have been the one
        since = sender.device.enrolled_at.astimezone(here).date()
        yield from last_days(sender.officer, since, today)


def last_days(officer: Officer, since: date, today: date) -> Iterator[date]:
    for term in officer.assignments.filter(valid_from__lte=today).order_by("-valid_from"):
        last = min(term.valid_until - timedelta(days=1), today) if term.valid_until else today
        if last >= since:
            yield last
