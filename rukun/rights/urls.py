"""The request desk, and everybody's own data."""

from django.urls import path

from rukun.rights import views

app_name = "rights"
urlpatterns = [
    path("pelindungan-data/", views.requests, name="requests"),
    path("pelindungan-data/baru/", views.new, name="new"),
    path("pelindungan-data/dpia/", views.sign, name="sign"),
    path("pelindungan-data/<int:pk>/", views.request, name="request"),
    path("pelindungan-data/<int:pk>/cari/", views.search, name="search"),
    path("pelindungan-data/<int:pk>/jawab/", views.answer, name="answer"),
    path("pelindungan-data/<int:pk>/surat/", views.letter, name="letter"),
    path("pelindungan-data/<int:pk>/data/", views.export, name="export"),
    path("pelindungan-data/<int:pk>/izin/", views.allow, name="allow"),
    path("pelindungan-data/temuan/<int:pk>/", views.decide, name="decide"),
    path("data-saya/", views.mine, name="mine"),
]
