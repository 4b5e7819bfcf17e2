from django.urls import path

from rukun.handover import views

app_name = "handover"
urlpatterns = [
    path("petugas/<int:pk>/serah-terima/", views.give, name="give"),
    path("serah-terima/<int:pk>/", views.handover, name="handover"),
    path("serah-terima/<int:pk>/kembalikan/", views.give_back, name="give_back"),
    path("warisan/", views.inherited, name="inherited"),
]
