from django.urls import include, path

from accounts import views

urlpatterns = [
    path("act-for/", views.act_for, name="act_for"),
    path("", include("accounts.idle.urls")),
]
