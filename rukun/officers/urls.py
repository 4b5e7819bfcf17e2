"""Signing in, and who serves."""

app_name = "officers"
urlpatterns: list = []
