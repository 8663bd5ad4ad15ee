from django.urls import path

from accounts import views

urlpatterns = [path("act-for/", views.act_for, name="act_for")]
