import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_member, freshly_signed_in, is_fresh, way_to_confirm
from accounts.models import Permission
from audit.models import MoveRefused
from billing.models import Invoice, Refund, Refundable
from billing.models.refundable import lately_paid
from requests_app import permissions
from requests_app.access import with_record_request
from requests_app.intake import keeping
from requests_app.models.kept_input import TooMuchTyped
from requests_app.tracking.paying import papers
from requests_app.tracking.refunding.forms import RefundForm

NEWEST = 50
FORM = "refund"
for_payer = with_record_request(allowed=permissions.can_ask)


@require_safe
@for_member(Permission.MAKE_REQUESTS)
def refunds(request):
    """What was paid in the last 30 days and can be refunded, and what became of refunds asked for before."""
    organization = request.member.organization_id
    related = ["record_request__custodian", "record_request__patient", "organization"]
    ours = Invoice.objects.filter(organization=organization, record_request__organization=organization)
    asked = Refund.objects.filter(organization=organization).select_related(
        "invoice__record_request", "payment__card"
    )
    context = {"eligible": lately_paid(ours.select_related(*related)), "asked": asked[:NEWEST]}
    return render(request, "requests_app/tracking/refunding/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def request_refund(request, record_request, invoice_id):
    """The form for one paid invoice, and "Request Refund"."""
    invoice = Invoice.objects.filter(record_request=record_request, pk=invoice_id).first()
    if invoice is None:
        raise Http404
    refundable = Refundable(invoice)
    if request.method != "POST":
        return _form(request, record_request, refundable)
    if known := _sent_before(request, invoice):
        return _confirmed(request, record_request, known)
    if refundable.refusal:
        messages.error(request, refundable.refusal)
        return redirect(record_request)
    form = RefundForm(refundable, request.POST, request.FILES, by=request.member)
    if not form.is_valid():
        return _page(request, record_request, refundable, form, status=422)
    if not is_fresh(request):
        return _confirm_first(request, form)
    try:
        refund = form.ask()
    except MoveRefused as refusal:
        form.add_error("amount", str(refusal))
        return _page(request, record_request, Refundable(invoice), form, status=422)
    keeping.forget(FORM, **_place(request, form.cleaned_data["form_key"]))
    return _confirmed(request, record_request, refund)


@freshly_signed_in
def _form(request, record_request, refundable):
    """Empty, or as it was when its sender was asked who they are."""
    if refundable.refusal:
        messages.info(request, refundable.refusal)
        return redirect(record_request)
    key = _uuid(request.GET.get("again", ""))
    typed = keeping.typed_into(FORM, **_place(request, key)) if key else None
    form = RefundForm(refundable, typed, by=request.member)
    return _page(request, record_request, refundable, form)


@require_safe
@with_record_request(allowed=permissions.can_receive)
def refund_letter(request, record_request, refund_id):
    """What was decided about a refund, on paper."""
    asked = Refund.objects.filter(invoice__record_request=record_request, pk=refund_id)
    refund = asked.select_related("invoice__quote", "payment__card").first()
    paper = refund and papers.refund_paper(refund)
    if paper is None:
        raise Http404
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="refund-{record_request}.pdf"'
    return response


def _page(request, record_request, refundable, form, *, status=200):
    context = {"record_request": record_request, "refundable": refundable, "form": form}
    return render(request, "requests_app/tracking/refunding/request_refund.html", context, status=status)


def _confirm_first(request, form):
    """Ask who it is; what was typed waits, sealed, and is there again when they come back."""
    key = form.cleaned_data["form_key"]
    try:
        keeping.keep(FORM, form.typed(), **_place(request, key))
    except TooMuchTyped:  # no form that is valid
        raise Http404 from None
    messages.info(request, _("Confirm that it is you, then send your refund request."))
    return redirect(way_to_confirm(request, f"{request.path}?again={key}"))


def _sent_before(request, invoice):
    """The refund of the same form, sent twice."""
    key = _uuid(request.POST.get("form_key", ""))
    return Refund.objects.filter(invoice=invoice, form_key=key).first() if key else None


def _confirmed(request, record_request, refund):
    said = _(
        "Your refund request of $%(amount)s was received. We usually decide within 7–10 business days, "
        "and write to you by email."
    )
    messages.success(request, said % {"amount": refund.amount})
    return redirect(record_request)


def _place(request, key):
    member = request.member
    return {"organization_id": member.organization_id, "key": key, "person_id": member.person_id}


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
