from django import forms
from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils.html import format_html

from billing.admin import check_resolving
from billing.models import CheckPayment, Invoice
from billing.models.check_payment import ALREADY
from chartrequest.admin import ReadOnly
from chartrequest.forms import DateField, MoneyField, PlainTextField


class CheckForm(forms.ModelForm):
    """A check as it lies on the desk. Without an invoice it is kept as unknown, with its payer."""

    invoice_number = PlainTextField(
        max_length=20, required=False, help_text="As written on the check. Leave it empty where nobody knows."
    )
    number = PlainTextField(max_length=30, label="Check number")
    amount = MoneyField()
    dated_on = DateField(past_only=True, label="Date on the check")
    payer = PlainTextField(max_length=200, required=False, help_text="Needed where the invoice isn't known.")

    class Meta:
        model = CheckPayment
        fields = ["invoice_number", "number", "amount", "dated_on", "payer"]

    def clean_invoice_number(self):
        number = self.cleaned_data["invoice_number"].upper()
        if not number:
            return None
        invoice = Invoice.objects.filter(number=number).first()
        if invoice is None:
            raise forms.ValidationError(
                "There is no such invoice. Leave this empty to keep the check as unknown."
            )
        return invoice

    def clean(self):
        said = super().clean()
        invoice = said.get("invoice_number")
        if "invoice_number" in said and invoice is None and not said.get("payer"):
            self.add_error("payer", "Say whose check it is.")
        if not self.errors and self._is_known(invoice, said):
            self.add_error("number", str(ALREADY))
        return said

    def _is_known(self, invoice, said):
        if invoice:
            return invoice.checks.filter(number=said["number"]).exists()
        # Also one that has found its invoice since: the same form is sent again from an old page.
        same = {name: said[name] for name in ("number", "amount", "dated_on", "payer")}
        return CheckPayment.objects.filter(**same).exists()


class InQueue(admin.SimpleListFilter):
    """Checks that settled nothing: short, over, for a paid or void invoice, or of nobody knows what."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("open", "Waits for a decision")]

    def queryset(self, request, queryset):
        return queryset.filter(standing__in=CheckPayment.QUEUE) if self.value() else queryset


@admin.register(CheckPayment)
class CheckPaymentAdmin(ReadOnly):
    """ "Record a check", and the queue of those that did not fit."""

    form = CheckForm
    list_display = [
        "number",
        "invoice",
        "amount",
        "dated_on",
        "standing",
        "payer",
        "recorded_by",
        "recorded_at",
        "resolve",
    ]
    list_filter = [InQueue, "standing", "recorded_at"]
    list_select_related = ["invoice", "recorded_by"]
    search_fields = ["number", "invoice__number", "payer", "invoice__record_request__public_id"]

    readonly_fields = ["resolve"]

    def get_urls(self):
        page = self.admin_site.admin_view(check_resolving.page_of(self))
        return [
            path("<int:pk>/resolve/", page, name="billing_check_resolve"),
            path("<int:pk>/resolve/<slug:way>/", page, name="billing_check_resolve_way"),
            *super().get_urls(),
        ]

    @admin.display(description="Resolve")
    def resolve(self, check):
        if check.standing not in CheckPayment.QUEUE:
            return "–"
        address = reverse("admin:billing_check_resolve", args=[check.pk])
        return format_html('<a href="{}">What to do with it</a>', address)

    def has_add_permission(self, request):
        return request.user.has_perm("billing.add_checkpayment")

    def add_view(self, request, form_url="", extra_context=None):
        response = super().add_view(request, form_url, {"title": "Record a check", **(extra_context or {})})
        if request.method == "POST" and response.status_code == 200:  # the form came back with errors
            response.status_code = 422
        return response

    def save_model(self, request, obj, form, change):
        said = form.cleaned_data
        received = CheckPayment.receive(
            invoice=said["invoice_number"],
            number=said["number"],
            amount=said["amount"],
            dated_on=said["dated_on"],
            payer=said["payer"],
            by=request.user,
        )
        obj.__dict__.update({name: value for name, value in received.__dict__.items() if name != "_state"})
        settled = received.standing == CheckPayment.Standing.APPLIED
        said = (
            "The invoice is settled." if settled else f"Kept in the queue: {received.get_standing_display()}."
        )
        self.message_user(request, said, messages.SUCCESS if settled else messages.WARNING)
