"""The price, as the law makes it, and "Release"."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.models import MoveRefused
from billing.fees import FeeRefused
from requests_app import permissions, readiness
from requests_app.access import with_record_request
from requests_app.models import State
from requests_app.processing import answering, pricing
from requests_app.processing.forms import AgreedFeeForm, OutcomeForm, PriceForm
from requests_app.refusing import refused_to


@require_safe
@with_record_request("price")
@refused_to("record_request")
def price(request, record_request):
    """Each line with its basis; lines may be lowered before the release."""
    return _page(request, record_request)


@require_POST
@with_record_request("price")
@refused_to("record_request")
def release(request, record_request):
    """Set the price, issue the invoice; a free release goes out at once."""
    _check(record_request)
    try:
        reckoned = pricing.reckon(record_request)
    except FeeRefused:
        return _page(request, record_request, status=422)
    form, outcome_form = PriceForm(reckoned, request.POST), OutcomeForm(record_request, request.POST)
    forms = {"form": form, "outcome_form": outcome_form}
    if not all([reckoned.is_complete, form.is_valid(), outcome_form.is_valid()]):
        return _page(request, record_request, **forms, status=422)
    if "add_up" in request.POST:
        return _page(request, record_request, **forms)
    if form.cleaned_data["seen"] != str(reckoned.total):
        messages.error(request, pricing.CHANGED)
        return redirect("price", record_request.public_id)
    pricing.release(
        record_request,
        by=request.member,
        amounts=form.amounts,
        reason=form.cleaned_data["reason"],
        seen=reckoned.total,
        outcome=outcome_form.partial,
    )
    messages.success(request, _("Request %(id)s is priced; the requestor was told.") % {"id": record_request})
    return redirect(record_request)


@require_POST
@with_record_request(allowed=permissions.can_agree_fee)
@refused_to("record_request")
def agree_fee(request, record_request):
    """Keep the custodian's agreed cost of a copy, for this and later requests (product 7.1)."""
    _check(record_request)
    form = AgreedFeeForm(request.POST)
    if not form.is_valid():
        return _page(request, record_request, fee_form=form, status=422)
    pricing.agree_fee(record_request, form.cleaned_data["fee"], by=request.member)
    return redirect("price", record_request.public_id)


def _check(record_request):
    """The review must be finished: MoveRefused with what is left."""
    if record_request.state != State.QA:
        raise MoveRefused(record_request.why_not("price"))
    if left := readiness.unreviewed(record_request):
        raise MoveRefused(" ".join(left))


def _page(request, record_request, *, form=None, outcome_form=None, fee_form=None, status=200):
    _check(record_request)
    refusal, reckoned = "", None
    try:
        reckoned = pricing.reckon(record_request)
    except FeeRefused as refused:
        refusal = str(refused)
    estimate = record_request.quotes.filter(kind="estimate").order_by("-id").first()
    shown = {
        "record_request": record_request,
        "reckoned": reckoned,
        "refusal": refusal,
        "estimate": estimate,
        "form": form or (PriceForm(reckoned) if reckoned and reckoned.is_complete else None),
        "outcome_form": outcome_form or _outcome_form(record_request),
        "fee_form": fee_form or AgreedFeeForm(),
        "may_agree_fee": permissions.can_agree_fee(request.member, record_request),
        "difference": _difference(reckoned, estimate),
    }
    return render(request, "requests_app/processing/price.html", shown, status=status)


def _outcome_form(record_request):
    contact = answering.last_contact(record_request.custodian_organization)
    return OutcomeForm(record_request, initial=contact)


def _difference(reckoned, estimate):
    return reckoned.total - estimate.total if reckoned and estimate else None
