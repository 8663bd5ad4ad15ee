from django.urls import path

from accounts.dependents import views

urlpatterns = [
    path("", views.dependents, name="dependents"),
    path("add/", views.dependent_add, name="dependent_add"),
    path("<int:dependent_id>/details/", views.dependent_details, name="dependent_details"),
    path("<int:dependent_id>/edit/", views.dependent_edit, name="dependent_edit"),
    path("<int:dependent_id>/remove/", views.dependent_remove, name="dependent_remove"),
]
