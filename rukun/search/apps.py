from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Search(AppConfig):
    name = "rukun.search"
    label = "search"

    def ready(self) -> None:
        from rukun.search import engine

        post_migrate.connect(engine.install, sender=self, dispatch_uid="search.engine")
