from django.urls import path

from requests_app.tracking.refunding import views

urlpatterns = [
    path("refunds/", views.refunds, name="refunds"),
    path(
        "requests/<str:public_id>/refund/<int:invoice_id>/",
        views.request_refund,
        name="request_refund",
    ),
    path(
        "requests/<str:public_id>/refunds/<int:refund_id>/letter.pdf",
        views.refund_letter,
        name="refund_letter",
    ),
]
