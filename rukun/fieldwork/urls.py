"""Recording in the field, and the inbox where it is answered."""

from django.urls import path

from rukun.fieldwork import views

app_name = "fieldwork"
urlpatterns = [
    path("catat/", views.record, name="record"),
    path("catatan/", views.records, name="records"),
    path("kunjungan/baru/", views.new_visit, name="new_visit"),
    path("kunjungan/<uuid:pk>/", views.visit, name="visit"),
    path("kunjungan/<uuid:pk>/perbaiki/", views.correct_visit, name="correct_visit"),
    path("kunjungan/<uuid:pk>/baca/", views.read_visit, name="read_visit"),
    path("janji/<int:pk>/", views.promise, name="promise"),
    path("laporan/baru/", views.new_report, name="new_report"),
    path("laporan/usulan/", views.suggest, name="suggest"),
    path("laporan/<uuid:pk>/", views.report, name="report"),
    path("laporan/<uuid:pk>/perbaiki/", views.correct_report, name="correct_report"),
    path("laporan/<uuid:pk>/nilai/", views.assess, name="assess"),
    path("laporan/<uuid:pk>/jawab/", views.answer, name="answer"),
    path("kotak-masuk/", views.inbox, name="inbox"),
]
