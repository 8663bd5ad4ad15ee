"""Below /organization/, beside the pages of `accounts`."""

from django.urls import path

from directory.organization import physicians, places

urlpatterns = [
    path("places/<int:place_id>/", places.place, name="place"),
    path("places/<int:place_id>/edit/", places.place_edit, name="place_edit"),
    path("places/<int:place_id>/delivery/", places.place_delivery, name="place_delivery"),
    path("places/<int:place_id>/services/", places.place_services, name="place_services"),
    path("places/<int:place_id>/forms/add/", places.form_add, name="place_form_add"),
    path("places/<int:place_id>/forms/<int:form_id>/", places.form_edit, name="place_form_edit"),
    path("places/<int:place_id>/forms/<int:form_id>/remove/", places.form_remove, name="place_form_remove"),
    path("physicians/add/", physicians.physician_add, name="physician_add"),
    path("physicians/<int:physician_id>/", physicians.physician_edit, name="physician_edit"),
    path("physicians/<int:physician_id>/remove/", physicians.physician_remove, name="physician_remove"),
]
