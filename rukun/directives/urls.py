from django.urls import path

from rukun.directives import views

app_name = "directives"
urlpatterns = [
    path("", views.directives, name="directives"),
    path("baru/", views.issue, name="issue"),
    path("<int:pk>/", views.directive, name="directive"),
    path("<int:pk>/tahu/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/akhiri/", views.end, name="end"),
    path("<int:pk>/cabut/", views.withdraw, name="withdraw"),
    path("<int:pk>/lanjutkan/", views.resume, name="resume"),
]
