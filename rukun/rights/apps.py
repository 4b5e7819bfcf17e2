"""Puts the subject request desk among the main pages of who answers for data, and one's own data on everybody's own page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Rights(AppConfig):
    name = "rukun.rights"
    label = "rights"

    def ready(self) -> None:
        from rukun.officers import own
        from rukun.rights import telling
        from rukun.rights.models import waiting_count
        from rukun.web import tabs

        readers = frozenset({"dpo", "auditor"})
        tabs.add(
            "rights:requests", _("Data protection"), icon="guard", permission="request.view", roles=readers, order=75, count=waiting_count
        )
        own.add("rights:mine", _("My data"))
        telling.declare()
