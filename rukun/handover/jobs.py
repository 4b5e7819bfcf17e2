"""What an ended term leaves behind goes to whoever answers there now, unless a successor was named before."""

from datetime import timedelta

from rukun.access.scope import system
from rukun.care import keep
from rukun.handover.held import left_behind, no_longer_serving
from rukun.handover.services import blank_handovers, hand_over
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.officers.models import Assignment, Officer
from rukun.territory.rules import WIB

LATELY = timedelta(days=7)


@after("officer.relieve")
def after_a_term(pk: str) -> None:
    pass_on(Assignment.objects.select_related("officer__unit").get(pk=pk).officer)


@after("officer.leave")
def after_a_service(pk: str) -> None:
    pass_on(Officer.objects.select_related("unit").get(pk=pk))


@every(hours=6)
def pass_on_all() -> None:
    """Terms end on a day that was set long before; nobody acts on that day."""
    today = clock.today(WIB)
    for officer in no_longer_serving(today - LATELY, today):
        pass_on(officer)


def pass_on(officer: Officer) -> None:
    actor = system("handover")
    for taker, things in left_behind(actor, officer).items():
        hand_over(actor, officer, taker=taker, things=things)


@every(days=1)
def retain() -> None:
    while blank_handovers(system("retention"), before=keep.before("handover_note", clock.now())):
        pass
