from django.apps import AppConfig


class Sharing(AppConfig):
    name = "rukun.sharing"
    label = "sharing"
