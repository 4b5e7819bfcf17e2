"""Tells every page whether this is practice: real only where the mode asks for it and the doctor has granted it."""

from django.apps import AppConfig


class Care(AppConfig):
    name = "rukun.care"
    label = "care"

    def ready(self) -> None:
        from rukun.care import mode
        from rukun.web import context

        context.practise(mode.is_practice)
