from django.apps import AppConfig


class Problems(AppConfig):
    name = "rukun.problems"
    label = "problems"
