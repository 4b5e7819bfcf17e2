from django.apps import AppConfig


class Territory(AppConfig):
    name = "rukun.territory"
    label = "territory"
