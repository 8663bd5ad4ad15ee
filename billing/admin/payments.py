from django.contrib import admin, messages

from billing import gateway, paying
from billing.admin.filters import NeedsAPerson
from billing.models import BankCustomer, Card, Payment
from chartrequest.admin import ReadOnly


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    """Every attempt at the bank; one that has no end yet can be asked about at once."""

    list_display = ["invoice", "amount", "state", "card", "person", "created_at", "refunded", "problem"]
    list_filter = [NeedsAPerson, "state", "created_at"]
    list_select_related = ["invoice", "card", "person"]
    search_fields = ["invoice__number", "intent_id", "charge_id", "invoice__record_request__public_id"]
    actions = ["ask_the_bank"]

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
