from django.urls import path

from requests_app.tracking.paying import approving, by_link, method, papers, send_link, several, views

urlpatterns = [
    path("pay/", several.pay_several, name="pay_several"),
    path("pay/invoice/", by_link.invoice, name="linked_invoice"),
    path("pay/invoice/card/", by_link.card, name="linked_card"),
    path("pay/invoice/pay/", by_link.pay, name="linked_pay"),
    path("pay/invoice/bank/", by_link.bank, name="linked_bank"),
    path("pay/invoice/cancel/", by_link.cancel, name="linked_cancel"),
    path("pay/invoice/status/", by_link.status, name="linked_status"),
    path("pay/invoice/receipt.pdf", by_link.receipt, name="linked_receipt"),
    path("pay/link/<str:token>/", by_link.follow, name="pay_link"),
    path("requests/<str:public_id>/pay/link/", send_link.send_pay_link, name="send_pay_link"),
    path("pay/<uuid:run>/", several.paid_several, name="paid_several"),
    path("requests/<str:public_id>/pay/", views.make_payment, name="make_payment"),
    path("requests/<str:public_id>/pay/confirm/", views.payment_action, name="payment_action"),
    path("requests/<str:public_id>/pay/cancel/", views.payment_cancel, name="payment_cancel"),
    path("requests/<str:public_id>/pay/status/", views.payment_status, name="payment_status"),
    path("requests/<str:public_id>/approve-price/", approving.approve_price, name="approve_price"),
    path("requests/<str:public_id>/payment-method/", method.payment_method, name="payment_method"),
    path("requests/<str:public_id>/estimate.pdf", papers.estimate_pdf, name="estimate_pdf"),
    path("requests/<str:public_id>/invoice.pdf", papers.invoice_pdf, name="invoice_pdf"),
    path("requests/<str:public_id>/receipt.pdf", papers.receipt_pdf, name="receipt_pdf"),
]
