"""Tells the floors below who acts, who wears which hat, and what an officer is called."""

from collections.abc import Collection, Mapping

from django.apps import AppConfig


class Officers(AppConfig):
    name = "rukun.officers"
    label = "officers"

    def ready(self) -> None:
        from rukun.access import console
        from rukun.audit import names
        from rukun.officers import entries, hats
        from rukun.web import context

        entries.listen()
        console.found_by(hats.by_nrp)
        names.give("officer", named)
        names.give("officers.officer", named)
        context.wear(hats.worn)


def named(keys: Collection[str]) -> Mapping[str, str]:
    from rukun.officers.models import Officer

    return {str(officer.pk): str(officer) for officer in Officer.objects.filter(pk__in=[key for key in keys if key.isdigit()])}
