from django.urls import path

from rukun.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("hari-pertama/", views.first_day, name="first_day"),
    path("wilayah/", views.areas, name="areas"),
    path("wilayah/<str:path>/", views.area, name="area"),
    path("peta/", views.atlas, name="map"),
    path("peta/isi.geojson", views.atlas_data, name="map_data"),
    path("mesin/", views.machine, name="machine"),
    path("mesin/<uuid:pk>/", views.revive, name="revive"),
]
