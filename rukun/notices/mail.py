"""Letters by e-mail, where a server for it is set: counts and links, never a word of what they are about."""

import logging
from collections import Counter
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.notices import services
from rukun.notices.models import Choice
from rukun.notices.shown import Shown, unread
from rukun.officers import hats

log = logging.getLogger("rukun.notices")


def is_set() -> bool:
    return bool(settings.EMAIL_HOST)


def ask(choice: Choice) -> None:
    """Asks whoever reads the address to confirm it, signed in."""
    with translation.override(settings.LANGUAGE_CODE):
        link = address(reverse("notices:confirm")) + "?kunci=" + services.link_key(choice)
        lines = [_("Open this link while you are signed in, and the address is yours:"), link]
        lines.append(_("If you did not ask for this, do nothing: no further letter comes."))
        send(choice, _("rukun: is this your address?"), lines)


def digest(actor: Actor, choice: Choice) -> None:
    """Noted and sent together; a letter that the server does not take is tried again an hour later."""
    waiting = waiting_for(choice)
    try:
        with transaction.atomic():
            if services.note_digest(actor, choice.officer) and waiting:
                with translation.override(settings.LANGUAGE_CODE):
                    send(choice, subject(len(waiting)), body(waiting))
    except (SMTPException, OSError) as trouble:
        log.warning("a digest was not taken: %s", type(trouble).__name__)


def waiting_for(choice: Choice) -> list[Shown]:
    """What is unread under any hat that the person holds today."""
    today = choice.officer.unit.today()
    roles = [hat.role for hat in hats.of(choice.officer, "", today)]
    found = {shown.notice.pk: shown for role in roles for shown in unread(hats.actor_for(choice.officer, role, today))}
    return list(found.values())


def subject(count: int) -> str:
    return ngettext("rukun: %d notice waits", "rukun: %d notices wait", count) % count


def body(waiting: list[Shown]) -> list[str]:
    counts = Counter(shown.sentence for shown in waiting)
    lines = ["\n".join(f"{count} × {sentence}" for sentence, count in counts.most_common()), address(reverse("notices:notices"))]
    lines.append(_("One letter a day, and none where nothing waits. To stop it, remove your address here:"))
    lines.append(address(reverse("notices:choices")))
    return lines


def send(choice: Choice, subject: str, lines: list[str]) -> None:
    send_mail(subject, "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [choice.email])


def address(path: str) -> str:
    return settings.ADDRESS.rstrip("/") + path
