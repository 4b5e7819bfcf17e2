from django.apps import AppConfig


class Fieldwork(AppConfig):
    name = "rukun.fieldwork"
    label = "fieldwork"
