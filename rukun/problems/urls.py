from django.urls import path

from rukun.problems import views

app_name = "problems"
urlpatterns = [
    path("", views.board, name="board"),
    path("buka/", views.open_from_report, name="open"),
    path("<int:pk>/", views.problem, name="problem"),
    path("<int:pk>/laporan/", views.join, name="join"),
    path("<int:pk>/telaah/", views.describe, name="describe"),
    path("<int:pk>/langkah/<slug:to>/", views.move, name="move"),
    path("<int:pk>/buka-lagi/", views.reopen, name="reopen"),
    path("<int:pk>/pemegang/", views.assign, name="assign"),
    path("<int:pk>/catatan/", views.note_progress, name="note"),
    path("<int:pk>/tindakan/", views.give_action, name="give"),
    path("tindakan/<int:pk>/", views.action, name="action"),
    path("tindakan/<int:pk>/selesai/", views.finish_action, name="finish"),
    path("tindakan/<int:pk>/ubah/", views.change_action, name="change"),
    path("tindakan/<int:pk>/cabut/", views.withdraw_action, name="withdraw"),
]
