from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class Alerts(AppConfig):
    name = "rukun.alerts"
    label = "alerts"

    def ready(self) -> None:
        from rukun.alerts import counted, telling
        from rukun.alerts.models import waiting_count
        from rukun.officers.rules import LADDER, Role
        from rukun.web import tabs

        pre_migrate.connect(counted.drop, sender=self)
        post_migrate.connect(counted.make, sender=self)
        telling.declare()
        readers = frozenset({*LADDER, Role.ANALYST})
        tabs.add("alerts:alerts", _("Alerts"), icon="drum", permission="alert.view", roles=readers, order=25, count=waiting_count)
