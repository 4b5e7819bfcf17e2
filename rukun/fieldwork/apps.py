from django.apps import AppConfig


class Fieldwork(AppConfig):
    name = "rukun.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from rukun.fieldwork import telling

        telling.declare()
