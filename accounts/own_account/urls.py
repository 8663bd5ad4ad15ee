from django.urls import path

from accounts.own_account import views

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("about-you/", views.account_name, name="account_name"),
]
