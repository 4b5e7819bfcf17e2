"""What follows when roles and absences change, one digest a day where mail is set up, and the sweeping of what is old."""

from django.db.models import Q

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices import mail, services
from rukun.notices.models import Choice, Notice
from rukun.notices.rules import KEPT_READ, digest_due
from rukun.notices.telling import by_whom
from rukun.officers.models import Absence, Assignment, Officer
from rukun.officers.rules import Role

HERALD = system("herald")


@after("officer.assign")
def tell_of_role(pk: str) -> None:
    term = Assignment.objects.filter(pk=pk).first()
    if term:
        kind = "role.cover" if term.stands_in_for_id else "role.given"
        services.tell(HERALD, to=[term.officer_id], kind=kind, about=f"role:{pk}", key=f"role:{pk}:given")


@after("officer.relieve")
def tell_of_end(pk: str) -> None:
    term = Assignment.objects.filter(pk=pk).first()
    if term:
        services.tell(HERALD, to=[term.officer_id], kind="role.ended", about=f"role:{pk}", key=f"role:{pk}:until:{term.valid_until}")


@after("absence.record")
def tell_of_absence(pk: str) -> None:
    """The one who is away, and who commands the unit and has to say who stands in."""
    away = Absence.objects.select_related("officer__unit").filter(pk=pk).first()
    if away is None:
        return
    recorder = by_whom(f"officers.absence:{pk}", "absence.record")
    about = f"absence:{pk}"
    services.tell(HERALD, to={away.officer_id} - {recorder}, kind="absence.own", about=about, key=f"{about}:own")
    heads = heads_of(away.officer)
    services.tell(HERALD, to=heads - {recorder, away.officer_id}, kind="absence.unit", about=about, key=f"{about}:unit")


def heads_of(officer: Officer) -> set[int | None]:
    today = officer.unit.today()
    terms = Assignment.objects.valid(today).filter(unit=officer.unit, role__in=(Role.SECTOR_UNIT_HEAD, Role.RESORT_UNIT_HEAD))
    return set(Officer.objects.on_duty(today).filter(pk__in=terms.values("officer")).values_list("pk", flat=True))


@after("officer.leave")
def forget(pk: str) -> None:
    services.forget(HERALD, Officer.objects.get(pk=int(pk)))


@after("notice.choose")
def ask_to_confirm(pk: str) -> None:
    choice = Choice.objects.select_related("officer__unit").filter(pk=int(pk), confirmed_at=None).exclude(email="").first()
    if choice and mail.is_set():
        mail.ask(choice)


@every(hours=1)
def send_digests() -> None:
    """To each who gave an address, at most one letter a day, and none where nothing waits."""
    if not mail.is_set():
        return
    now = clock.now()
    for choice in Choice.objects.reachable().select_related("officer__unit"):
        if digest_due(choice.local(now), choice.digest_on, choice.quiet_from, choice.quiet_until):
            mail.digest(HERALD, choice)


@every(hours=24)
def sweep() -> None:
    now = clock.now()
    old = Notice.objects.filter(Q(at__lt=keep.before("notice", now)) | Q(read_at__lt=now - KEPT_READ))
    for officer in Officer.objects.filter(pk__in=old.values("officer")):
        services.sweep(HERALD, officer)
