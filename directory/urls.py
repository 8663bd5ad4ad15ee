from django.urls import path

from directory import views

urlpatterns = [
    path("<int:custodian_id>/favorite/", views.favorite_toggle, name="favorite_toggle"),
]
