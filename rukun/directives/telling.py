"""What people are told of Atensi, and what a notice shows of one."""

from collections.abc import Collection, Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.directives.models import Addressee
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers


def declare() -> None:
    kinds.declare("directive.issued", _("An Atensi asks you to acknowledge it"), while_open=True)
    kinds.declare("directive.withdrawn", _("An Atensi was withdrawn"))
    kinds.about("directive", directives)


def directives(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Addressee.objects.within(actor).filter(officer=actor.officer_id, directive__in=numbers(keys)).select_related("directive__unit")
    return {
        str(row.directive_id): Subject(
            Truncator(row.directive.text).words(14), row.directive.get_absolute_url(),
            settled=row.acknowledged_at is not None or not row.directive.is_in_force,
        )
        for row in rows
    }  # fmt: skip
