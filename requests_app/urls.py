from django.urls import include, path

from requests_app.intake.views.landing import landing

urlpatterns = [
    path("", include("requests_app.tracking.urls")),
    path("at/<slug:slug>/", landing, name="landing"),
    path("new/", include("requests_app.intake.urls")),
    path("inbound/", include("requests_app.processing.urls")),
    path("sign/", include("requests_app.authorizations.urls")),
]
