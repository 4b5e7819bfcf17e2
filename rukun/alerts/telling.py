"""What people are told of alerts, and what a notice shows of one."""

from collections.abc import Collection, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.alerts.facts import parts_of, readable_report, told_of
from rukun.alerts.models import Alert
from rukun.alerts.sentences import headline
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers


def declare() -> None:
    kinds.declare("alert.raised", _("Something stands out: please take a look"), while_open=True)
    kinds.declare("alert.urgent", _("An urgent report: please read it now"), while_open=True)
    kinds.declare("alert.given", _("You were asked to take a look"), while_open=True)
    kinds.declare("alert.late", _("An alert of yours is past its day"), while_open=True)
    kinds.declare("alert.late_above", _("Nobody has looked at an alert yet"), while_open=True)
    kinds.about("alert", alerts)


def alerts(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Alert.objects.within(actor).filter(pk__in=numbers(keys)).select_related("unit", "report__code").prefetch_related("areas")
    return {str(alert.pk): Subject(title_of(actor, alert), alert.get_absolute_url(), settled=not alert.is_open) for alert in rows}


def title_of(actor: Actor, alert: Alert) -> str:
    return str(capfirst(headline(told_of(alert, parts_of(alert), readable_report(actor, alert)))))
