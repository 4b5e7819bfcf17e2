"""The book's addresses."""

from django.urls import path

from rukun.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:pk>/", views.entry, name="entry"),
    path("segel/", views.checkpoint, name="checkpoint"),
]
