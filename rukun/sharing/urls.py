"""Out to WhatsApp and BOS, in from WhatsApp, one's own month, a unit's wording."""

from django.urls import path

from rukun.sharing.views import bos, paste, recap, share, wording

app_name = "sharing"
urlpatterns = [
    path("bagikan/kunjungan/<uuid:pk>/", share.visit, name="visit"),
    path("bagikan/laporan/<uuid:pk>/", share.report, name="report"),
    path("nomor/", share.numbered, name="number"),
    path("tempel/", paste.paste, name="paste"),
    path("tempel/baca/", paste.understood, name="understood"),
    path("tempel/isi/", paste.fill, name="fill"),
    path("pola/", wording.wordings, name="wordings"),
    path("pola/<str:path>/<str:kind>/", wording.change, name="wording"),
    path("pola/<str:path>/<str:kind>/contoh/", wording.preview, name="preview"),
    path("pola/<str:path>/<str:kind>/bawaan/", wording.reset, name="reset"),
    path("bos/", bos.uncopied, name="uncopied"),
    path("bos/kunjungan/<uuid:pk>/", bos.visit, name="bos_visit"),
    path("bos/laporan/<uuid:pk>/", bos.report, name="bos_report"),
    path("bos/centang/<int:pk>/batal/", bos.undo, name="bos_undo"),
    path("rekap/", recap.recap, name="recap"),
    path("rekap/rekap.pdf", recap.pdf, name="recap_pdf"),
    path("rekap/rekap.csv", recap.csv, name="recap_csv"),
]
