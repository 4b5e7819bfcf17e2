from django.urls import path

from rukun.territory import meeting, views

app_name = "territory"
urlpatterns = [
    path("peta/petak/<str:version>/<int:zoom>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("wilayah/<str:path>/bagian/", views.subunits, name="subunits"),
    path("wilayah/<str:path>/bagian/berkas/", views.subunit_file, name="subunit_file"),
    path("bagian/<str:path>/", views.subunit, name="subunit"),
    path("bagian/<str:path>/akhiri/", views.end_subunit, name="end_subunit"),
    path("bagian/<str:path>/pulihkan/", views.revive_subunit, name="revive_subunit"),
    path("wilayah/<str:path>/tempat/", meeting.places, name="places"),
    path("tempat/<int:pk>/", meeting.place, name="place"),
    path("tempat/<int:pk>/akhiri/", meeting.end_place, name="end_place"),
    path("tempat/<int:pk>/pulihkan/", meeting.revive_place, name="revive_place"),
    path("satuan/", views.units, name="units"),
    path("satuan/pertama/", views.begin, name="begin"),
    path("satuan/berkas/", views.unit_file, name="unit_file"),
    path("satuan/<str:path>/", views.unit, name="unit"),
    path("satuan/<str:path>/baru/", views.found, name="found"),
    path("satuan/<str:path>/ubah/", views.change, name="change"),
    path("satuan/<str:path>/wilayah/", views.cover, name="cover"),
    path("satuan/<str:path>/wilayah/<int:pk>/lepas/", views.uncover, name="uncover"),
]
