from django.urls import path

from rukun.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("menunggu/", views.waiting, name="waiting"),
    path("kerawanan/", views.load, name="load"),
    path("kerawanan/tempat.geojson", views.load_places, name="load_places"),
    path("catatan/", views.ledger, name="ledger"),
    path("penjagaan/<str:path>/", views.watch, name="watch"),
    path("<int:pk>/", views.alert, name="alert"),
    path("<int:pk>/tempat.geojson", views.places, name="places"),
    path("<int:pk>/nilai/", views.judge, name="judge"),
    path("<int:pk>/nilai-kedua/", views.second, name="second"),
    path("<int:pk>/tengok/", views.look, name="look"),
    path("<int:pk>/penengok/", views.assign, name="assign"),
    path("<int:pk>/perlu-ditangani/", views.confirm, name="confirm"),
    path("<int:pk>/buka-lagi/", views.reopen, name="reopen"),
]
