"""Telling somebody, once; marking what was read; each one's own choices; and forgetting what is old."""

from collections.abc import Iterable
from datetime import datetime, time

from django.core import signing
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.care import keep
from rukun.lib import clock
from rukun.notices.kinds import KINDS, UnknownKind
from rukun.notices.models import Choice, Notice
from rukun.notices.rules import KEPT_READ, LINK_LIFE, QUIET_FROM, QUIET_UNTIL
from rukun.officers.models import Officer

SALT = "notices.address"


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


@act("notice.tell", records=("kind",))
def tell(
    actor: Actor, subject: None = None, *, to: Iterable[int | None], kind: str, about: str, key: str, urgent: bool = False
) -> Many | None:
    """Tells each of these officers, who were not told under this key before; those out of service are told nothing."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    wanted = {pk for pk in to if pk}
    wanted -= set(Notice.objects.filter(key=key, officer__in=wanted).values_list("officer", flat=True))
    serving = Officer.objects.in_service().filter(pk__in=wanted).values_list("pk", flat=True)
    now = clock.now()
    told = [Notice(officer_id=pk, kind=kind, about=about, key=key, urgent=urgent, at=now) for pk in sorted(serving)]
    return Many(Notice.objects.bulk_create(told, batch_size=1000), told=kind) if told else None


@act("notice.mark", records=("read",))
def mark(actor: Actor, notice: Notice, *, read: bool = True) -> Notice | None:
    """Read; or not yet after all."""
    if bool(notice.read_at) is read:
        return None
    notice.read_at = clock.now() if read else None
    notice.save(update_fields=["read_at"])
    return notice


@act("notice.clear")
def clear(actor: Actor, officer: Officer, *, until: datetime | None = None) -> Many | None:
    """All that this person was told up to a moment is read: what came while the page was open is not."""
    now = clock.now()
    rows = list(Notice.objects.of(officer.pk).unread().filter(at__lte=until or now))
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=now)
    return Many(rows) if rows else None


@act("notice.choose")
def choose(actor: Actor, officer: Officer, *, quiet_from: time, quiet_until: time, email: str = "") -> Choice:
    """Hours and address as this person wants them. Another address has to be confirmed; an empty one is forgotten at once."""
    choice = choice_of(officer)
    if email != choice.email:
        choice.email, choice.confirmed_at, choice.digest_on = email, None, None
    choice.quiet_from, choice.quiet_until = quiet_from, quiet_until
    choice.save()
    return choice


@act("notice.confirm")
def confirm(actor: Actor, officer: Officer, *, key: str) -> Choice:
    """Whoever reads that address has opened the link while signed in: it is theirs."""
    choice = choice_of(officer)
    try:
        said = signing.loads(key, salt=SALT, max_age=LINK_LIFE)
    except signing.BadSignature as bent:
        raise NotPossible(_("This link is too old, or not whole. Enter the address once more and a new one is sent.")) from bent
    if not choice.email or said != [officer.pk, choice.email]:
        raise NotPossible(_("This link belongs to another address. Enter yours once more and a new link is sent."))
    choice.confirmed_at = clock.now()
    choice.save(update_fields=["confirmed_at"])
    return choice


@act("notice.digest")
def note_digest(actor: Actor, officer: Officer) -> Choice | None:
    """Today's digest is on its way; a second one does not follow."""
    choice = Choice.objects.select_for_update(of=("self",)).select_related("officer__unit").get(pk=officer.pk)
    today = choice.local(clock.now()).date()
    if choice.digest_on == today:
        return None
    choice.digest_on = today
    choice.save(update_fields=["digest_on"])
    return choice


@act("notice.sweep")
def sweep(actor: Actor, officer: Officer) -> Officer | None:
    """Forgets what is old: a notice after three months, a read one after one."""
    mine, now = Notice.objects.filter(officer=officer), clock.now()
    gone = mine.filter(at__lt=keep.before("notice", now)).delete()[0] + mine.filter(read_at__lt=now - KEPT_READ).delete()[0]
    return officer if gone else None


@act("notice.forget")
def forget(actor: Actor, officer: Officer) -> Officer | None:
    """Of whoever has left the service nothing stays here: no notice, no address."""
    gone = Notice.objects.filter(officer=officer).delete()[0] + Choice.objects.filter(officer=officer).delete()[0]
    return officer if gone else None


def choice_of(officer: Officer) -> Choice:
    """What this person chose; the usual hours and no address, where nothing was."""
    found = Choice.objects.filter(officer=officer).first()
    return found or Choice(officer=officer, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)


def link_key(choice: Choice) -> str:
    return signing.dumps([choice.officer_id, choice.email], salt=SALT)
