from django.urls import path

from rukun.handbook import views

app_name = "handbook"
urlpatterns = [path("buku-saku/<slug:reader>.pdf", views.guide, name="guide")]
