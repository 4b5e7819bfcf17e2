"""What people are told of phones and of edits made apart, and what a notice shows of them."""

import uuid
from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers
from rukun.phone.models import Dispute, Handed, Renewal


def declare() -> None:
    kinds.declare("problem.disputed", _("Two colleagues changed the same of a problem: please decide"), while_open=True)
    kinds.declare("device.renewal", _("A phone waits for a second person to admit it again"), while_open=True)
    kinds.declare("handed.waiting", _("An officer hands you something that could not be sent from the phone"), while_open=True)
    kinds.declare("handed.answered", _("What you handed to your unit head has an answer"))
    kinds.about("handed", handed)
    kinds.about("dispute", disputes)
    kinds.about("renewal", renewals)


def disputes(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Dispute.objects.within(actor).filter(pk__in=numbers(keys)).select_related("problem")
    return {
        str(row.pk): Subject(row.problem.title, reverse("phone:dispute", args=[row.pk]), settled=row.decided_at is not None) for row in rows
    }


def renewals(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Renewal.objects.within(actor).filter(pk__in=numbers(keys)).select_related("device__officer")
    now = clock.now()
    return {
        str(row.pk): Subject(
            _now("the phone of %s") % row.device.officer,
            reverse("phone:devices"),
            settled=row.confirmed_by_id is not None or row.expires_at <= now,
        )
        for row in rows
    }


def handed(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Handed.objects.within(actor).filter(pk__in=[key for key in keys if is_name(key)]).select_related("officer")
    return {str(row.pk): Subject(str(row.officer), row.get_absolute_url(), settled=not row.is_open) for row in rows}


def is_name(key: str) -> bool:
    try:
        return bool(uuid.UUID(key))
    except ValueError:
        return False
