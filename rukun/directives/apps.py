from django.apps import AppConfig


class Directives(AppConfig):
    name = "rukun.directives"
    label = "directives"

    def ready(self) -> None:
        from rukun.directives import telling

        telling.declare()
