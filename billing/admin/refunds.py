from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from audit.models import Activity
from billing.admin import refund_steps
from billing.models import Dispute, Refund, Refundable
from chartrequest.admin import ReadOnly
from chartrequest.asking import open_for
from chartrequest.templatetags.ui import money
from documents import serve


class InQueue(admin.SimpleListFilter):
    """Refunds to decide, to try again, and checks to write."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("open", "Waits for us")]

    def queryset(self, request, queryset):
        return queryset.waiting_for_ops() if self.value() else queryset


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    """Refunds, and the queue of those that wait for ops; each step is a page and a verb."""

    change_form_template = "admin/change_form_with_decisions.html"
    list_display = ["__str__", "request", "organization", "amount", "amount_approved", "state", "method"]
    list_display += ["asked_by", "asked_at", "problem"]
    list_filter = [InQueue, "state", "method", "reason", "asked_at"]
    list_select_related = ["invoice__record_request", "organization", "asked_by"]
    search_fields = ["invoice__number", "invoice__record_request__public_id", "organization__name", "bank_id"]
    search_fields += ["check_number"]
    date_hierarchy = "asked_at"
    fieldsets = [
        ("What is wanted", {"fields": ["request", "invoice", "organization", "asked_by", "asked_at"]}),
        ("How much", {"fields": ["paid", "amount", "amount_approved", "method"]}),
        ("Why", {"fields": ["reason", "comments", "files"]}),
        ("Mailing address", {"fields": ["mailing_address"]}),
        ("Decision", {"fields": ["state", "decided_by", "decided_at", "ground", "decision"]}),
        (
            "Payment",
            {"fields": ["payment", "bank_id", "check_number", "check_sent_on", "paid_at", "problem"]},
        ),
        ("Activity", {"fields": ["happened"]}),
    ]
    readonly_fields = ["request", "paid", "files", "mailing_address", "happened"]

    def __init__(self, *args):
        super().__init__(*args)
        self.steps = [step(self) for step in refund_steps.STEPS]

    def get_urls(self):
        view = self.admin_site.admin_view(refund_file)
        file = path("<int:refund_id>/files/<int:document_id>/", view, name="billing_refund_file")
        return [*(step.path() for step in self.steps), file, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        refund = self.get_object(request, object_id)
        steps = open_for(request, self.steps, refund) if refund else []
        return super().change_view(
            request, object_id, form_url, {"decisions": steps, **(extra_context or {})}
        )

    @admin.display(description="Request", ordering="invoice__record_request__public_id")
    def request(self, refund):
        return str(refund.invoice.record_request)

    @admin.display(description="Paid")
    def paid(self, refund):
        one = Refundable(refund.invoice)
        said = f"{money(one.paid)} on {one.paid_on:%m/%d/%Y}; refunded {money(one.paid_back)}, "
        said += f"in open refunds {money(one.asked_back)}, left {money(one.left)}."
        return said + (" The cardholder's bank disputes it." if one.is_disputed else "")

    @admin.display(description="Files")
    def files(self, refund):
        rows = [
            (reverse("admin:billing_refund_file", args=[refund.pk, one.pk]), one.name, one.page_count)
            for one in refund.documents.order_by("pk")
        ]
        return format_html_join("", '<div><a href="{}">{}</a>, {} pages</div>', rows) or "None."

    @admin.display(description="Mailing address")
    def mailing_address(self, refund):
        lines = [refund.organization.name, *refund.address_lines]
        return format_html_join("", "<div>{}</div>", [(line,) for line in lines])

    @admin.display(description="Newest first")
    def happened(self, refund):
        entries = Activity.objects.of(refund).order_by("-sequence")[:50]
        return render_to_string("admin/accounts/organization/_activity.html", {"entries": entries})


@require_safe
@permission_required("billing.decide_refund", raise_exception=True)
def refund_file(request, refund_id, document_id):
    """What was sent with a refund, for those who decide; it may hold health information, so each look is kept."""
    refund = Refund.objects.filter(pk=refund_id).first()
    document = refund and refund.documents.filter(pk=document_id).first()
    if document is None:
        raise Http404
    with transaction.atomic():
        refund.record("refund_file_read", by=request.user, document=document.pk)
    return serve.download(document, inline=True)


class Undecided(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("open", "Not decided yet")]

    def queryset(self, request, queryset):
        return queryset.undecided() if self.value() else queryset


@admin.register(Dispute)
class DisputeAdmin(ReadOnly):
    """What cardholders' banks dispute. It is answered on the bank's own pages, which tell us what came of it."""

    list_display = ["bank_id", "invoice", "request", "amount", "state", "reason", "told_at", "closed_at"]
    list_filter = [Undecided, "state", "told_at"]
    list_select_related = ["payment__invoice__record_request"]
    search_fields = [
        "bank_id",
        "payment__charge_id",
        "payment__invoice__number",
        "payment__invoice__record_request__public_id",
    ]

    @admin.display(description="Invoice")
    def invoice(self, dispute):
        return dispute.payment.invoice

    @admin.display(description="Request")
    def request(self, dispute):
        return str(dispute.payment.invoice.record_request)
