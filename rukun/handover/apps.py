from django.apps import AppConfig


class Handover(AppConfig):
    name = "rukun.handover"
    label = "handover"
