"""Puts the guard on every connection, the triggers back after every migration, and the book among the main pages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Audit(AppConfig):
    name = "rukun.audit"
    label = "audit"

    def ready(self) -> None:
        from rukun.audit import guard, refusals, triggers  # noqa: F401  once the tables are known; refusals says its words

        guard.install()
        post_migrate.connect(triggers.put_back, sender=self, dispatch_uid="audit.triggers")
