from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class Alerts(AppConfig):
    name = "rukun.alerts"
    label = "alerts"

    def ready(self) -> None:
        from rukun.alerts import counted
        from rukun.alerts.models import waiting_count
        from rukun.web import tabs

        pre_migrate.connect(counted.drop, sender=self)
        post_migrate.connect(counted.make, sender=self)
        tabs.add("alerts:alerts", _("Signals"), icon="eye", permission="alert.view", order=25, count=waiting_count)
