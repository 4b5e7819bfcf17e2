from django.urls import path

from rukun.desk import maps, views
from rukun.desk.sheet import views as sheet

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("hari-pertama/", views.first_day, name="first_day"),
    path("wilayah/", views.areas, name="areas"),
    path("wilayah/<str:path>/", views.area, name="area"),
    path("cari/", views.find, name="find"),
    path("peta/", maps.map_page, name="map"),
    path("peta/isi.geojson", maps.map_data, name="map_data"),
    path("lembar/", sheet.sheet, name="sheet"),
    path("lembar/pdf/", sheet.pdf, name="sheet_pdf"),
    path("lembar/keputusan/", sheet.decide, name="sheet_decide"),
    path("lembar/keputusan/urungkan/", sheet.undo, name="sheet_undo"),
    path("mesin/", views.machine, name="machine"),
    path("mesin/<uuid:pk>/", views.revive, name="revive"),
]
