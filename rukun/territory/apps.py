"""Tells the floor below what an area is called, and shows the units as a main page."""

from collections.abc import Collection, Mapping

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Territory(AppConfig):
    name = "rukun.territory"
    label = "territory"

    def ready(self) -> None:
        from rukun.audit import names
        from rukun.web import tabs

        tabs.add("territory:units", _("Units"), icon="people", permission="unit.found", order=60)
        names.give("area", named)


def named(paths: Collection[str]) -> Mapping[str, str]:
    from rukun.territory.models import Area

    return dict(Area.objects.filter(path__in=paths).values_list("path", "name"))
