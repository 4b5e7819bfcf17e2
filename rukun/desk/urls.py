from django.urls import path

from rukun.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("hari-pertama/", views.first_day, name="first_day"),
    path("wilayah/", views.areas, name="areas"),
    path("wilayah/<str:path>/", views.area, name="area"),
    path("mesin/", views.machine, name="machine"),
    path("mesin/<uuid:pk>/", views.revive, name="revive"),
]
