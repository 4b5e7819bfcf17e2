"""The phone: what it asks and hands in, and the pages on which it is admitted and revoked."""

from django.urls import path

from rukun.phone.api import admission, handing, photos
from rukun.phone.views import devices, disputes, handed, shell

api = (
    [
        path("enrol", admission.enrol, name="enrol"),
        path("rescue", admission.rescue, name="rescue"),
        path("lease", admission.lease, name="lease"),
        path("work", admission.work, name="work"),
        path("reference", handing.reference, name="reference"),
        path("batch", handing.batch, name="batch"),
        path("handed", handing.handed, name="handed"),
        path("uploads", photos.begin, name="uploads"),
        path("uploads/<uuid:pk>", photos.piece, name="upload"),
    ],
    "phone_api",
)

app_name = "phone"
urlpatterns = [
    path("", shell.shell, name="shell"),
    path("sw.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("ikon-<int:size>.png", shell.icon, name="icon"),
    path("bagi/", shell.share, name="share"),
    path("perangkat/", devices.devices, name="devices"),
    path("perangkat/<uuid:pk>/cabut/", devices.revoke, name="revoke"),
    path("perangkat/<uuid:pk>/terima/", devices.renew, name="renew"),
    path("perangkat/terima/<int:pk>/", devices.confirm, name="confirm"),
    path("serahan/", handed.handed_over, name="handed_over"),
    path("serahan/berkas/", handed.bring, name="bring"),
    path("serahan/<uuid:pk>/", handed.handed, name="handed"),
    path("serahan/<uuid:pk>/jawab/", handed.answer, name="handed_answer"),
    path("serahan/<uuid:pk>/buka/", handed.reopen, name="handed_reopen"),
    path("keputusan/", disputes.disputes, name="disputes"),
    path("keputusan/<int:pk>/", disputes.dispute, name="dispute"),
]
