"""Shows what was brought in from elsewhere as a main page to those who plan with it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class History(AppConfig):
    name = "rukun.history"
    label = "history"

    def ready(self) -> None:
        from rukun.officers.rules import Role
        from rukun.web import tabs

        planners = frozenset({Role.ANALYST, Role.RESORT_UNIT_HEAD, Role.RESORT_CHIEF, Role.REGIONAL_DIRECTOR})
        tabs.add("history:incidents", _("History"), icon="clock", permission="history.view", roles=planners, order=65, wide=True)
