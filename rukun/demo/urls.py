from django.urls import path

from rukun.demo import views

app_name = "demo"
urlpatterns = [path("peran/<slug:key>/", views.be, name="be")]
