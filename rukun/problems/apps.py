from django.apps import AppConfig


class Problems(AppConfig):
    name = "rukun.problems"
    label = "problems"

    def ready(self) -> None:
        from rukun.problems import telling

        telling.declare()
