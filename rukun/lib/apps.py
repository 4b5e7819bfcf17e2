from django.apps import AppConfig


class Lib(AppConfig):
    name = "rukun.lib"
    label = "lib"
