"""Estimate, invoice and receipt as PDF. They name no patient: they go to accounts departments."""

from decimal import Decimal
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from billing.models import CheckUse, PayLink, Payment
from documents.render import pdf_from_template
from requests_app import permissions
from requests_app.access import with_record_request


def estimate_paper(record_request):
    """The newest estimate of a request as PDF bytes, or None."""
    quote = record_request.quotes.filter(kind="estimate").order_by("-id").first()
    return quote and _paper("estimate", record_request, quote=quote)


def invoice_paper(record_request, *, number="", for_requestor=True, by=None):
    """The invoice of that number, else the newest, as PDF bytes, or None.

    The case number is for the requestor (product 5.10). Made for a member of theirs, `by`, an open invoice carries a
    link of its own to pay it without an account (product 7.5).
    """
    issued = list(record_request.invoices.select_related("quote", "organization").order_by("-id"))
    invoice = next((one for one in issued if not number or one.number == number), None)
    if invoice is None:
        return None
    context = {"invoice": invoice, "quote": invoice.quote, "shows_case": for_requestor}
    if by and for_requestor and invoice.is_open and invoice.total:
        context["pay_link"] = urljoin(
            settings.SITE_URL, reverse("pay_link", args=[PayLink.draw(invoice, by=by)])
        )
    return _paper("invoice", record_request, **context)


def receipt_paper(record_request, *, invoice=None, names_payer=True):
    """What was paid for a request, or for one `invoice` of it, as PDF bytes, or None.

    Without `names_payer` it may be read by whoever holds a link: it names nobody.
    """
    paid = record_request.invoices.filter(settled_at__isnull=False, total__gt=0)
    invoice = invoice or paid.select_related("quote", "organization").order_by("-id").first()
    if invoice is None:
        return None
    charge = invoice.payments.filter(state=Payment.State.SUCCEEDED).select_related("card").first()
    checks = invoice.check_uses.filter(kind=CheckUse.Kind.APPLIED).select_related("check_payment")
    return _paper(
        "receipt",
        record_request,
        shows_case=names_payer,
        names_nobody=not names_payer,
        invoice=invoice,
        quote=invoice.quote,
        charge=charge,
        checks=checks,
    )


def refund_paper(refund):
    """The letter that answers a refund request as PDF bytes; None until it is decided."""
    if refund.decided_at is None:
        return None
    invoice = refund.invoice
    said = {"refund": refund, "invoice": invoice, "charge": refund.payment, "nothing": Decimal("0.00")}
    return _paper("refund", invoice.record_request, quote=invoice.quote, **said)


def _paper(name, record_request, *, shows_case=True, **context):
    organization = record_request.organization
    return pdf_from_template(
        f"billing/papers/{name}.html",
        {
            "record_request": record_request,
            "organization": organization,
            "case_number": record_request.batch.case_number if shows_case else "",
            "operator": settings.OPERATOR,
            "site": settings.SITE_NAME,
            "zone": organization.zone,
            **context,
        },
    )


@require_safe
@with_record_request(allowed=permissions.can_receive)
def estimate_pdf(request, record_request):
    return _answer(record_request, "estimate", estimate_paper(record_request))


@require_safe
@with_record_request()
def invoice_pdf(request, record_request):
    """For both sides: the practice sees the price that it set."""
    own = permissions.can_receive(request.member, record_request)
    paper = invoice_paper(
        record_request, number=request.GET.get("invoice", ""), for_requestor=own, by=request.member
    )
    return _answer(record_request, "invoice", paper)


@require_safe
@with_record_request(allowed=permissions.can_receive)
def receipt_pdf(request, record_request):
    return _answer(record_request, "receipt", receipt_paper(record_request))


def _answer(record_request, name, paper):
    if paper is None:
        raise Http404
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{record_request}.pdf"'
    return response
