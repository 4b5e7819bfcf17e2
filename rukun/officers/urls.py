"""Signing in, and who serves. The library's pages keep its names, since it asks for them by name; only those we need are mounted."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import include, path

from rukun.officers import views

library = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/bukti/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kunci/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("masuk/tutup/", account.account_inactive, name="account_inactive"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/pertama/", views.no_password, name="account_set_password"),
    path("akun/ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/ulang/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/ulang/kunci/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("akun/bukti/", mfa.index, name="mfa_index"),
    path("akun/bukti/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/bukti/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/bukti/cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/bukti/cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/bukti/cadangan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("akun/kunci/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("akun/kunci/tambah/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("akun/kunci/<int:pk>/nama/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("akun/kunci/<int:pk>/lepas/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("akun/perangkat/", usersessions.list_usersessions, name="usersessions_list"),
]
ours = [
    path("masuk/lembar/", views.use_sheet, name="sheet"),
    path("saya/", views.me, name="me"),
    path("saya/topi/", views.wear, name="hat"),
    path("saya/keluar-semua/", views.end_everywhere, name="end_everywhere"),
    path("petugas/", views.people, name="people"),
    path("petugas/baru/", views.enrol, name="enrol"),
    path("petugas/berkas/", views.officer_file, name="officer_file"),
    path("petugas/lembar/", views.invite, name="invite"),
    path("petugas/<int:pk>/", views.officer, name="officer"),
    path("petugas/<int:pk>/ubah/", views.change, name="change"),
    path("petugas/<int:pk>/peran/", views.assign, name="assign"),
    path("petugas/<int:pk>/berhenti/", views.leave, name="leave"),
    path("petugas/<int:pk>/absen/", views.absence, name="absence"),
    path("petugas/<int:pk>/masuk-lagi/", views.reissue, name="reissue"),
    path("petugas/<int:pk>/tutup/", views.revoke, name="revoke"),
    path("peran/<int:pk>/selesai/", views.relieve, name="relieve"),
    path("absen/<int:pk>/selesai/", views.end_absence, name="end_absence"),
    path("lembar/<int:pk>/setujui/", views.confirm, name="confirm"),
    path("wilayah-tanpa-petugas/", views.uncovered, name="uncovered"),
]
urlpatterns = [*library, path("", include((ours, "officers")))]
