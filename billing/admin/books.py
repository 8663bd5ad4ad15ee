from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from billing.admin.filters import NeedsAPerson
from billing.admin.receivables import Receivables
from billing.models import BankEvent, CheckPayment, Invoice, LedgerEntry, LedgerTransaction, Payment, Quote
from chartrequest.admin import ReadOnly


class PaymentsOf(admin.TabularInline):
    model = Payment
    fields = ["created_at", "card", "amount", "state", "sentence", "charge_id", "refunded"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


class ChecksOf(PaymentsOf):
    model = CheckPayment
    fields = ["number", "amount", "dated_on", "standing", "recorded_by", "recorded_at"]
    readonly_fields = fields


class State(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", "Open"), ("paid", "Paid"), ("void", "Void")]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        if self.value() == "paid":
            return queryset.filter(settled_at__isnull=False)
        return queryset.filter(voided_at__isnull=False) if self.value() == "void" else queryset


@admin.register(Invoice)
class InvoiceAdmin(ReadOnly):
    """Invoices, each with its attempts and checks; "Record a check" leads to the form."""

    list_display = [
        "number",
        "record_request",
        "organization",
        "total",
        "state_label",
        "due_on",
        "record_check",
    ]
    list_filter = [State, "quote__kind", "due_on"]
    list_select_related = ["record_request", "organization", "quote"]
    search_fields = ["number", "record_request__public_id", "organization__name"]
    readonly_fields = ["record_check"]
    inlines = [PaymentsOf, ChecksOf]

    @admin.display(description="Check")
    def record_check(self, invoice):
        address = reverse("admin:billing_checkpayment_add")
        return format_html('<a href="{}?invoice_number={}">Record a check</a>', address, invoice.number)


@admin.register(Quote)
class QuoteAdmin(ReadOnly):
    list_display = ["record_request", "kind", "total", "schedule_code", "quoted_at"]
    list_filter = ["kind", "quoted_at"]
    list_select_related = ["record_request"]
    search_fields = ["record_request__public_id", "schedule_code"]


class EntriesOf(PaymentsOf):
    model = LedgerEntry
    fields = ["account", "amount"]
    readonly_fields = fields


@admin.register(LedgerTransaction)
class LedgerAdmin(Receivables, ReadOnly):
    list_display = ["reference", "invoice", "written_at"]
    list_select_related = ["invoice"]
    search_fields = ["reference", "invoice__number"]
    inlines = [EntriesOf]


@admin.register(BankEvent)
class BankEventAdmin(ReadOnly):
    """What the bank told us, and what of it nobody could make sense of."""

    list_display = ["event_id", "kind", "object_id", "received_at", "handled_at", "problem"]
    list_filter = [NeedsAPerson, "kind", "received_at"]
    search_fields = ["event_id", "object_id"]
