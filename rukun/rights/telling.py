"""Whoever wrote a record is told that somebody asked to have it corrected, never who; and who answers, when the time runs out."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers
from rukun.rights.models import Hit, Request
from rukun.rights.records import RECORDS, found
from rukun.rights.rules import Decision


def declare() -> None:
    kinds.declare("request.correct", _("Somebody asked to have this corrected, as is their right. Please read it again and correct it"))
    kinds.declare("request.due", _("Less than a day is left to answer a request about personal data"), while_open=True)
    kinds.about("hit", hits)
    kinds.about("request", requests)


def requests(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Request.objects.within(actor).filter(pk__in=numbers(keys))
    return {str(row.pk): Subject(row.number, row.get_absolute_url(), settled=row.answered_at is not None) for row in rows}


def hits(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    shown = {}
    for hit in Hit.objects.filter(pk__in=numbers(keys), decision=Decision.CORRECTED):
        kept, record = RECORDS[hit.thing], found(actor, hit.thing, hit.key)
        if record is not None and kept.page is not None and getattr(record, kept.author) == actor.officer_id:
            shown[str(hit.pk)] = Subject(f"{kept.called}: {kept.where(record)}", kept.page(record))
    return shown
