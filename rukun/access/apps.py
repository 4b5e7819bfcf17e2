from django.apps import AppConfig


class Access(AppConfig):
    name = "rukun.access"
    label = "access"
