from django.apps import AppConfig


class Fieldwork(AppConfig):
    name = "rukun.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from rukun.fieldwork import found, telling
        from rukun.search import index

        telling.declare()
        index.source(found.KIND, found.rows)
