from django.urls import path

from sandbox.views import authenticator, counter, tray, wire

app_name = "sandbox"
urlpatterns = [
    path("", tray.index, name="tray"),
    path("faxes/<str:item_id>.pdf", tray.fax, name="fax"),
    path("empty/", tray.empty, name="empty"),
    path("switches/", tray.refuse, name="refuse"),
    path("switches/<int:number>/remove/", tray.accept, name="accept"),
    path("authenticator/", authenticator.index, name="authenticator"),
    path("bank/", counter.index, name="bank"),
    path("bank/break-next/", counter.break_next, name="break_next"),
    path("bank/mend/", counter.mend, name="mend"),
    path("bank/charges/<str:charge_id>/dispute/", counter.dispute, name="dispute"),
    path("bank/disputes/<str:dispute_id>/close/", counter.close_dispute, name="close_dispute"),
    path("bank/refunds/<str:refund_id>/settle/", counter.settle_refund, name="settle_refund"),
    path("bank/events/deliver/", counter.deliver_due, name="deliver_due"),
    path("bank/events/shuffle/", counter.shuffle, name="shuffle"),
    path("bank/events/<str:event_id>/redeliver/", counter.redeliver, name="redeliver"),
    path("bank/v1/<path:path>", wire.wire, name="wire"),
]
