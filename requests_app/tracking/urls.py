from django.urls import include, path

from requests_app.tracking import (
    abandoning,
    asking_again,
    conversation,
    dashboard,
    dependents,
    files,
    missing,
    record_page,
    reopening,
    status_check,
)
from requests_app.tracking.outbound import views as outbound

urlpatterns = [
    path("", include("requests_app.tracking.paying.urls")),
    path("", include("requests_app.tracking.refunding.urls")),
    path("", dashboard.home, name="home"),
    path("outbound/", outbound.outbound, name="outbound"),
    path("outbound/columns/", outbound.outbound_columns, name="outbound_columns"),
    path("outbound/export/", outbound.outbound_export, name="outbound_export"),
    path("status/", status_check.check_status, name="check_status"),
    path("dependents/<int:dependent_id>/", dependents.timeline, name="dependent"),
    path("requests/<str:public_id>/", record_page.record_request, name="record_request"),
    path("requests/<str:public_id>/messages/", conversation.post_message, name="post_message"),
    path("requests/<str:public_id>/records/", files.download_release, name="download_release"),
    path("requests/<str:public_id>/records/<int:delivery>/", files.download_earlier, name="download_earlier"),
    path("requests/<str:public_id>/missing/", missing.something_missing, name="something_missing"),
    path("requests/<str:public_id>/authorization/", files.authorization_file, name="authorization_file"),
    path(
        "requests/<str:public_id>/authorization/<int:number>/",
        files.authorization_page,
        name="authorization_page",
    ),
    path("requests/<str:public_id>/ssn/", files.show_ssn, name="show_ssn"),
    path("requests/<str:public_id>/abandon/", abandoning.abandon_request, name="abandon_request"),
    path("requests/<str:public_id>/reopen/", reopening.reopen_request, name="reopen_request"),
    path("requests/<str:public_id>/again/", asking_again.ask_again, name="ask_again"),
]
