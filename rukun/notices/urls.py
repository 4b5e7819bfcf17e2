from django.urls import path

from rukun.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("dibaca/", views.clear, name="clear"),
    path("pilihan/", views.choices, name="choices"),
    path("alamat/", views.confirm, name="confirm"),
    path("<int:pk>/", views.lead_on, name="notice"),
    path("<int:pk>/tandai/", views.mark, name="mark"),
]
