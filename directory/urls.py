from django.urls import path

from directory import views
from directory.suggesting import views as suggesting

urlpatterns = [
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/follow/", suggesting.suggestion_follow, name="suggestion_follow"),
    path("invite/", suggesting.suggestion_invite, name="suggestion_invite"),
    path("<int:custodian_id>/favorite/", views.favorite_toggle, name="favorite_toggle"),
]
