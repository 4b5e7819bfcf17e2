"""Every page of the house, room by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from rukun.phone import urls as phone
from rukun.web import views as web

urlpatterns = [
    path("", include("rukun.desk.urls")),
    path("", include("rukun.fieldwork.urls")),
    path("", include("rukun.rights.urls")),
    path("atensi/", include("rukun.directives.urls")),
    path("", include("rukun.sharing.urls")),
    path("riwayat/", include("rukun.history.urls")),
    path("masalah/", include("rukun.problems.urls")),
    path("peringatan/", include("rukun.alerts.urls")),
    path("", include("rukun.handbook.urls")),
    path("", include("rukun.handover.urls")),
    path("pemberitahuan/", include("rukun.notices.urls")),
    path("", include("rukun.officers.urls")),
    path("", include("rukun.territory.urls")),
    path("buku/", include("rukun.audit.urls")),
    path("hp/", include("rukun.phone.urls")),
    path("api/hp/v1/", include(phone.api)),
    path("demo/", include("rukun.demo.urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("luring/", web.offline, name="offline"),
]
