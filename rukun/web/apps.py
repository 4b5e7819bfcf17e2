from django.apps import AppConfig


class Web(AppConfig):
    name = "rukun.web"
    label = "web"
