from django.urls import path

from rukun.history import views

app_name = "history"
urlpatterns = [
    path("", views.incidents, name="incidents"),
    path("<int:pk>/", views.incident, name="incident"),
    path("berkas/", views.batches, name="batches"),
    path("berkas/<int:pk>/", views.batch, name="batch"),
    path("berkas/<int:pk>/tarik/", views.withdraw, name="withdraw"),
]
