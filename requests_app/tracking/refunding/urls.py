from django.urls import path

from requests_app.tracking.refunding import views

urlpatterns = [
    path("refunds/", views.refunds, name="refunds"),
    path(
        "requests/<str:public_id>/refund/<int:invoice_id>/",
        views.request_refund,
        name="request_refund",
    ),
]
