from django.apps import AppConfig


class Officers(AppConfig):
    name = "rukun.officers"
    label = "officers"
