"""Who serves, in which role, where and until when; who is away; and how someone comes to sign in."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from rukun.access.scope import Actor, where_of
from rukun.audit.door import act
from rukun.lib import clock
from rukun.officers import sessions
from rukun.officers.models import Absence, Account, Assignment, Invite, Officer
from rukun.officers.rules import CODE_LENGTH, LETTERS, SHEET_LIFE, digest_of, fits, gives, is_nrp, overlap, rank_order
from rukun.territory.models import Area, Unit


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


# --- officers ---------------------------------------------------------------------------------------------------------------------


@act("officer.enrol", records=("nrp", "rank", "function"))
def enrol(actor: Actor, unit: Unit, *, nrp: str, name: str, rank: str, function: str = "") -> Officer:
    """A person in service, with an account that opens nothing until a sheet has been used."""
    nrp, name = nrp.strip(), " ".join(name.split())
    if not is_nrp(nrp):
        raise NotPossible(_("An NRP has 8 digits: year and month of birth, then four more. Please check it."))
    if Account.objects.filter(nrp=nrp).exists():
        raise NotPossible(_("Someone with this NRP is enrolled already."))
    check_person(name, rank)
    return Officer.objects.create(account=Account.objects.create_user(nrp), name=name, rank=rank, function=function.strip(), unit=unit)


@act("officer.change", records=("rank", "function", "unit"))
def change(actor: Actor, officer: Officer, *, name: str, rank: str, function: str, unit: Unit) -> Officer | None:
    name = " ".join(name.split())
    check_person(name, rank)
    actor.must("officer.change", where_of(unit))
    wanted = {"name": name, "rank": rank, "function": function.strip(), "unit": unit}
    if all(getattr(officer, field) == value for field, value in wanted.items()):
        return None
    for field, value in wanted.items():
        setattr(officer, field, value)
    officer.save(update_fields=list(wanted))
    return officer


@act("officer.leave", records=("on",))
def leave(actor: Actor, officer: Officer, *, on: date) -> Officer:
    """Out of service: every role ends, nothing signs in any more; what was recorded keeps the name."""
    not_oneself(actor, officer)
    for term in officer.assignments.not_over(on):
        relieve(actor, term, on=on)
    revoke(actor, officer, why=_("left the service"))
    officer.left_on = on
    officer.save(update_fields=["left_on"])
    return officer


def check_person(name: str, rank: str) -> None:
    if not name:
        raise NotPossible(_("A name is missing."))
    try:
        rank_order(rank)
    except ValueError as unknown:
        raise NotPossible(_("There is no rank “%(rank)s”.") % {"rank": rank}) from unknown


# --- roles ------------------------------------------------------------------------------------------------------------------------


@act("officer.assign", records=("role", "unit", "areas", "valid_from", "valid_until", "basis", "stands_in_for"))
def assign(
    actor: Actor, officer: Officer, *, role: str, unit: Unit, areas: Collection[Area] = (), valid_from: date,
    valid_until: date | None = None, basis: str = "", stands_in_for: Assignment | None = None,
) -> Assignment:  # fmt: skip
    not_oneself(actor, officer)
    actor.must("officer.assign", where_of(unit))
    if not gives(actor.role, role):
        raise NotPossible(_("This role is given by someone else: chiefs name their own people, the administrator the rest."))
    if officer.left_on:
        raise NotPossible(_("%(officer)s has left the service.") % {"officer": officer})
    if not fits(role, unit.kind):
        raise NotPossible(_("There is no such role at %(unit)s.") % {"unit": unit})
    if valid_until and valid_until <= valid_from:
        raise NotPossible(_("The last day lies before the first. Please check the dates."))
    check_areas(unit, areas, valid_from)
    check_twice(officer, role, unit, areas, (valid_from, valid_until))
    term = Assignment.objects.create(
        officer=officer,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        basis=basis.strip(),
        stands_in_for=stands_in_for,
    )
    term.areas.set(areas)
    return term


def check_areas(unit: Unit, areas: Collection[Area], on: date) -> None:
    covered = tuple(Area.objects.covered_by(unit, on).values_list("path", flat=True))
    if beyond := [area.name for area in areas if not area.path.startswith(covered or ("z",))]:
        raise NotPossible(_("%(areas)s: not covered by %(unit)s on that day.") % {"areas": ", ".join(beyond), "unit": unit})


def check_twice(officer: Officer, role: str, unit: Unit, areas: Collection[Area], term: tuple[date, date | None]) -> None:
    wanted = {area.pk for area in areas}
    for other in officer.assignments.filter(role=role, unit=unit).prefetch_related("areas"):
        if overlap(term, (other.valid_from, other.valid_until)) and {area.pk for area in other.areas.all()} == wanted:
            raise NotPossible(_("%(officer)s holds this role there already.") % {"officer": officer})


@act("officer.relieve", records=("on", "reason"))
def relieve(actor: Actor, term: Assignment, *, on: date, reason: str = "") -> Assignment | None:
    """The role ends; `on` is the first day without it. A term that has not begun by then is taken back."""
    if not gives(actor.role, term.role):
        raise NotPossible(_("This role is ended by whoever may give it: the chief above, or the administrator."))
    if term.valid_until and term.valid_until <= on:
        return None
    if on <= term.valid_from:
        term.covers.update(stands_in_for=None)
        term.areas.clear()
        term.delete()
    else:
        term.valid_until = on
        term.save(update_fields=["valid_until"])
    return term


def not_oneself(actor: Actor, officer: Officer) -> None:
    if actor.officer_id == officer.pk:
        raise NotPossible(_("Nobody does this for themselves. Ask your chief or the administrator."))


# --- absences ---------------------------------------------------------------------------------------------------------------------


@act("absence.record", records=("reason", "valid_from", "valid_until"))
def record_absence(actor: Actor, officer: Officer, *, reason: str, valid_from: date, valid_until: date | None = None) -> Absence:
    """`valid_until` is the first day back; unknown is allowed."""
    if valid_until and valid_until <= valid_from:
        raise NotPossible(_("The day back lies before the first day away. Please check the dates."))
    if any(overlap((valid_from, valid_until), (other.valid_from, other.valid_until)) for other in officer.absences.all()):
        raise NotPossible(_("%(officer)s is recorded as away in these days already.") % {"officer": officer})
    return Absence.objects.create(officer=officer, reason=reason, valid_from=valid_from, valid_until=valid_until)


@act("absence.end", records=("on",))
def end_absence(actor: Actor, absence: Absence, *, on: date) -> Absence | None:
    """Back sooner than thought; an absence that has not begun is taken back."""
    if absence.valid_until and absence.valid_until <= on:
        return None
    if on <= absence.valid_from:
        absence.delete()
    else:
        absence.valid_until = on
        absence.save(update_fields=["valid_until"])
    return absence


# --- signing in -------------------------------------------------------------------------------------------------------------------


@act("account.invite")
def invite(actor: Actor, officer: Officer) -> Invite:
    """A sheet for the first sign-in; the code stands on what is returned, once, and nowhere else. An older sheet opens nothing any more."""
    must_answer_for(actor, officer)
    account = account_of(officer)
    if account.has_usable_password():
        raise NotPossible(_("%(officer)s signs in already. A lost phone or password is re-issued by two people.") % {"officer": officer})
    now = clock.now()
    spend(account, now)
    account.is_active = True
    account.save(update_fields=["is_active"])
    return write_code(
        Invite(account=account, kind=Invite.Kind.FIRST, asked_by=actor.officer_id, created_at=now, expires_at=now + SHEET_LIFE)
    )


@act("account.reissue", records=("why",))
def reissue(actor: Actor, officer: Officer, *, why: str) -> Invite:
    """Asked by one person. Whatever is signed in ends at once; the sheet is printed when a second one has confirmed."""
    not_oneself(actor, officer)
    must_answer_for(actor, officer)
    if not why.strip():
        raise NotPossible(_("Please say in a few words what happened."))
    account, now = account_of(officer), clock.now()
    spend(account, now)
    sessions.end_all(account)
    return Invite.objects.create(
        account=account,
        kind=Invite.Kind.REISSUE,
        asked_by=actor.officer_id,
        created_at=now,
        expires_at=now + SHEET_LIFE,
        reason=why.strip()[:200],
    )


@act("account.confirm")
def confirm(actor: Actor, asked: Invite) -> Invite:
    """The second person: the old password, keys and codes end, and the sheet is there to be printed."""
    now, account = clock.now(), asked.account
    if asked.used_at or asked.expires_at <= now or asked.kind != Invite.Kind.REISSUE or asked.confirmed_by:
        raise NotPossible(_("This request is no longer open."))
    if actor.officer_id is None or actor.officer_id in {asked.asked_by, account.officer.pk}:
        raise NotPossible(_("A second person confirms: not the one who asked, and not the one it is for."))
    must_answer_for(actor, account.officer)
    sessions.end_all(account)
    sessions.forget_factors(account)
    account.set_unusable_password()
    account.is_active = True
    account.save(update_fields=["password", "is_active"])
    asked.confirmed_by, asked.expires_at = actor.officer_id, now + SHEET_LIFE
    return write_code(asked)


@act("account.revoke", records=("why",))
def revoke(actor: Actor, officer: Officer, *, why: str) -> Officer:
    """Nothing signs in with this account until it is re-issued."""
    not_oneself(actor, officer)
    must_answer_for(actor, officer)
    account = account_of(officer)
    spend(account, clock.now())
    sessions.end_all(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    return officer


@act("account.open")
def open_account(actor: Actor, officer: Officer, *, password: str, sheet: Invite | None = None) -> Officer:
    """First use of a sheet: the person's own password. The sheet is spent."""
    account, now = account_of(officer), clock.now()
    if sheet is not None and not Invite.objects.open(now).filter(pk=sheet.pk, account=account).exclude(secret_hash="").update(used_at=now):
        raise NotPossible(_("This sheet has been used, or it is too old. Ask your unit for a new one."))
    account.set_password(password)
    account.save(update_fields=["password"])
    return officer


def answers_for(actor: Actor, officer: Officer) -> bool:
    """Whether this hat may give every role the officer holds: else a Kanit could print a sheet for the Kapolsek, and a chief for the auditor."""
    today = officer.unit.today()  # told apart here, so that a list asks for the terms of all its officers at once
    return all(gives(actor.role, term.role) for term in officer.assignments.all() if term.valid_until is None or term.valid_until > today)


def must_answer_for(actor: Actor, officer: Officer) -> None:
    if not answers_for(actor, officer):
        raise NotPossible(
            _("For %(officer)s this is done by whoever may give that role: the chief above, or the administrator.") % {"officer": officer}
        )


def account_of(officer: Officer) -> Account:
    if officer.account is None or officer.left_on:
        raise NotPossible(_("%(officer)s has no account.") % {"officer": officer})
    return officer.account


def spend(account: Account, now: datetime) -> None:
    account.invites.open(now).update(used_at=now)


def write_code(sheet: Invite) -> Invite:
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    sheet.secret_hash = digest_of(code)
    sheet.save()
    sheet.code = code  # type: ignore[attr-defined]  # for the printer, in memory alone
    return sheet
