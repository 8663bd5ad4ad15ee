from django import forms
from django.contrib import admin, messages

from accounts.access import freshly_signed_in
from billing import gateway, paying, returning
from billing.admin.filters import NeedsAPerson
from billing.models import BankCustomer, Card, Payment
from chartrequest.admin import ReadOnly
from chartrequest.asking import Asked, open_for


class PayBackForm(forms.Form):
    """Nothing to fill in."""


class PayBack(Asked):
    """Money that came too late, and that the bank did not pay back the first time."""

    move, label, right, form = "pay-back", "Pay back again", "billing.decide_refund", PayBackForm

    def is_open(self, payment):
        return payment.is_return_failed

    def says(self, payment):
        return [f"{payment.amount} of {payment.invoice} came too late. {payment.problem}"]

    def view(self, request, pk):
        return freshly_signed_in(super().view)(request, pk)

    def do(self, payment, form, *, by):
        returning.again(payment, by=by)
        return "It is paid back by itself within minutes; whoever paid is told."


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    """Every attempt at the bank; one that has no end yet can be asked about at once."""

    list_display = ["invoice", "amount", "state", "card", "person", "created_at", "refunded", "problem"]
    list_filter = [NeedsAPerson, "state", "created_at"]
    list_select_related = ["invoice", "card", "person"]
    search_fields = ["invoice__number", "intent_id", "charge_id", "invoice__record_request__public_id"]
    actions = ["ask_the_bank"]
    change_form_template = "admin/change_form_with_decisions.html"

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [PayBack(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        payment = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, payment) if payment else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    def has_ask_permission(self, request):
        """What the bank answers is brought about: more than to look."""
        return request.user.has_perm("billing.change_payment")

    @admin.action(description="Ask the bank", permissions=["ask"])
    def ask_the_bank(self, request, payments):
        for payment in payments.select_related("invoice"):
            try:
                known = paying.ask(payment)
            except gateway.GatewayError as error:
                self.message_user(request, f"{payment.invoice}: {error.sentence}", messages.ERROR)
            else:
                self.message_user(request, f"{payment.invoice}: {known.get_state_display()}")


@admin.register(Card)
class CardAdmin(ReadOnly):
    list_display = ["__str__", "organization", "owner", "is_shared", "added_at", "removed_at"]
    list_select_related = ["organization", "owner"]
    search_fields = ["organization__name", "owner__email", "last4", "payment_method_id"]


@admin.register(BankCustomer)
class BankCustomerAdmin(ReadOnly):
    list_display = ["customer_id", "organization"]
    list_select_related = ["organization"]
    search_fields = ["customer_id", "organization__name"]
