"""Recording in the field, and the inbox where it is answered."""

from django.urls import path

from rukun.fieldwork.views import hints, inbox, own, photos, reports, visits

app_name = "fieldwork"
urlpatterns = [
    path("catat/", own.record, name="record"),
    path("catatan/", own.records, name="records"),
    path("kunjungan/baru/", visits.new_visit, name="new_visit"),
    path("kunjungan/<uuid:pk>/", visits.visit, name="visit"),
    path("kunjungan/<uuid:pk>/perbaiki/", visits.correct_visit, name="correct_visit"),
    path("kunjungan/<uuid:pk>/baca/", visits.read_visit, name="read_visit"),
    path("janji/<int:pk>/", visits.promise, name="promise"),
    path("periksa/", hints.hint, name="hint"),
    path("laporan/baru/", reports.new_report, name="new_report"),
    path("laporan/usulan/", reports.suggest, name="suggest"),
    path("laporan/<uuid:pk>/", reports.report, name="report"),
    path("laporan/<uuid:pk>/perbaiki/", reports.correct_report, name="correct_report"),
    path("laporan/<uuid:pk>/nilai/", inbox.assess, name="assess"),
    path("laporan/<uuid:pk>/jawab/", inbox.answer, name="answer"),
    path("laporan/<uuid:pk>/foto/", photos.add_to_report, name="add_report_photos"),
    path("kunjungan/<uuid:pk>/foto/", photos.add_to_visit, name="add_visit_photos"),
    path("foto/<uuid:pk>/", photos.photo, name="photo"),
    path("foto/<uuid:pk>/ubah/", photos.change, name="change_photo"),
    path("kotak-masuk/", inbox.inbox, name="inbox"),
]
