from django.urls import include, path

urlpatterns = [
    path("", include("requests_app.tracking.urls")),
    path("new/", include("requests_app.intake.urls")),
    path("inbound/", include("requests_app.processing.urls")),
    path("sign/", include("requests_app.authorizations.urls")),
]
