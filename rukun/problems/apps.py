from django.apps import AppConfig


class Problems(AppConfig):
    name = "rukun.problems"
    label = "problems"

    def ready(self) -> None:
        from rukun.problems import found, telling
        from rukun.search import index

        telling.declare()
        index.source(found.KIND, found.rows)
