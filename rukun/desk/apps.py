from django.apps import AppConfig


class Desk(AppConfig):
    name = "rukun.desk"
    label = "desk"
