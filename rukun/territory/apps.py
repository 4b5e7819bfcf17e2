from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Territory(AppConfig):
    name = "rukun.territory"
    label = "territory"

    def ready(self) -> None:
        from rukun.web import tabs

        tabs.add("territory:units", _("Units"), icon="people", permission="unit.found", order=60)
