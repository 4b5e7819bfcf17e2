from django.apps import AppConfig


class Handbook(AppConfig):
    name = "rukun.handbook"
    label = "handbook"
