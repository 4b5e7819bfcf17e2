from django.apps import AppConfig


class Notices(AppConfig):
    name = "rukun.notices"
    label = "notices"

    def ready(self) -> None:
        from rukun.notices import shown, telling
        from rukun.officers import own
        from rukun.web import context

        telling.declare()
        context.ring(shown.bell)
        own.add("notices:choices", telling.CHOICES)
