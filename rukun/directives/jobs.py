"""What follows an Atensi: everybody in its reach is told, those who come later, too."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.directives import services
from rukun.directives.models import Directive
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.officers.models import Assignment
from rukun.territory.rules import WIB

HERALD = system("herald")


@after("directive.issue", "directive.address", "directive.resume")
def tell_of_directive(pk: str) -> None:
    directive = Directive.objects.select_related("unit").filter(pk=pk).first()
    if directive and directive.is_in_force:
        waiting = directive.addressees.filter(acknowledged_at=None).values_list("officer", flat=True)
        tell(HERALD, to=waiting, kind="directive.issued", about=f"directive:{pk}", key=f"directive:{pk}")


@after("directive.withdraw")
def tell_of_withdrawal(pk: str) -> None:
    directive = Directive.objects.filter(pk=pk).first()
    if directive and directive.withdrawn_at:
        key = f"directive:{pk}:withdrawn:{directive.withdrawn_at:%Y%m%d%H%M}"
        everybody = directive.addressees.values_list("officer", flat=True)
        tell(HERALD, to=everybody, kind="directive.withdrawn", about=f"directive:{pk}", key=key)


@after("officer.assign")
def reach_the_new(pk: str) -> None:
    term = Assignment.objects.select_related("unit").filter(pk=pk).first()
    if term:
        for directive in standing():
            if term.unit.path.startswith(directive.unit.path):
                services.address(HERALD, directive)


@every(hours=12)
def reach_those_whose_term_begins() -> None:
    for directive in standing():
        services.address(HERALD, directive)


@every(days=1)
def retain() -> None:
    while services.expire(system("retention"), before=keep.before("directive", clock.now()).date()):
        pass


def standing() -> list[Directive]:
    # of our zones WIB is the one in which a day ends last
    rows = Directive.objects.perhaps_in_force(clock.today(WIB)).select_related("unit")
    return [directive for directive in rows if directive.is_in_force]
