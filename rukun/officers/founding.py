"""The first administrator of an installation: without one nobody could enrol anybody."""

from dataclasses import dataclass

from django.db import transaction

from rukun.access.scope import system
from rukun.lib import clock
from rukun.officers.models import Assignment, Invite, Officer
from rukun.officers.rules import Role
from rukun.officers.services import assign, enrol, invite
from rukun.territory.models import Unit
from rukun.territory.rules import WIB, UnitKind
from rukun.territory.services import found


@dataclass(frozen=True, slots=True)
class Founded:
    """Who keeps this installation, and the sheet with which they come in; none, if they sign in already."""

    officer: Officer
    sheet: Invite | None
    new: bool


def administrator() -> Officer | None:
    terms = Assignment.objects.valid(clock.today(WIB)).filter(role=Role.ADMINISTRATOR, officer__left_on=None)
    term = terms.select_related("officer__account", "officer__unit").order_by("pk").first()
    return term.officer if term else None


@transaction.atomic
def first_administrator(*, nrp: str, name: str, rank: str, another: bool = False) -> Founded:
    """Makes Mabes and the administrator where there is none; done twice, it changes nothing but prints a new sheet until the first sign-in.

    `another`: one more, so that two people are there when the first one has lost a phone.
    """
    setup = system("setup")
    officer = None if another else administrator()
    new = officer is None
    if officer is None:
        top = Unit.objects.filter(kind=UnitKind.MABES).first() or found(setup, None, code="MABES", name="Mabes Polri", kind=UnitKind.MABES)
        known = Officer.objects.in_service().filter(account__nrp=nrp).first()
        officer = known or enrol(setup, top, nrp=nrp, name=name, rank=rank, function="TIK")
        assign(setup, officer, role=Role.ADMINISTRATOR, unit=top, valid_from=clock.today(WIB), basis="rukun setup")
    assert officer.account is not None
    return Founded(officer, None if officer.account.has_usable_password() else invite(setup, officer), new)
