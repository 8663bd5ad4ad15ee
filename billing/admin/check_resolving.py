"""The page of a check that did not fit: what may be done with it, each as a form of its own."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from audit.models import MoveRefused
from billing import resolving
from billing.models import CheckPayment, Invoice
from chartrequest.forms import PlainTextField

Standing = CheckPayment.Standing


class InvoiceNumberForm(forms.Form):
    """Which invoice, by its number."""

    invoice_number = PlainTextField(max_length=20, label="Invoice number")

    def clean_invoice_number(self):
        found = Invoice.objects.filter(number=self.cleaned_data["invoice_number"].upper()).first()
        if found is None:
            raise forms.ValidationError("There is no such invoice.")
        return found


class SendBackForm(forms.Form):
    """By which check of ours it went back."""

    reference = PlainTextField(max_length=100, label="Number of the check that you sent back")


class AskForm(forms.Form):
    """Nothing to fill in."""


def _assign(check, form, by):
    resolving.assign(check, form.cleaned_data["invoice_number"], by=by)


def _apply(check, form, by):
    resolving.apply(check, form.cleaned_data["invoice_number"], by=by)


def _send_back(check, form, by):
    resolving.send_back(check, reference=form.cleaned_data["reference"], by=by)


def _ask(check, form, by):
    resolving.ask_for_rest(check, by=by)


# name: (button, what it does, form, verb, in which standings)
WAYS = {
    "assign": ("Assign", "Say which invoice it is for.", InvoiceNumberForm, _assign, [Standing.UNKNOWN]),
    "ask": ("Ask for the rest", "Its requestor gets a letter.", AskForm, _ask, [Standing.SHORT]),
    "apply": (
        "Pay an invoice with it",
        "What that invoice does not take stays here, to pay another one or to go back.",
        InvoiceNumberForm,
        _apply,
        [Standing.OVER, Standing.NOT_OPEN, Standing.REST],
    ),
    "send-back": (
        "Send back",
        "Write a check for what is left, then note its number here.",
        SendBackForm,
        _send_back,
        CheckPayment.QUEUE,
    ),
}


def page_of(model_admin):
    """The view: GET shows the ways that are open, POST to `way` goes one."""

    def resolve(request, pk, way=None):
        if not request.user.has_perm("billing.add_checkpayment"):
            raise PermissionDenied
        check = CheckPayment.objects.select_related("invoice").filter(pk=pk).first()
        if check is None or (way and way not in WAYS):
            raise Http404
        tried = _tried(request, check, way) if request.method == "POST" and way else None
        if tried is True:
            return redirect("admin:billing_check_resolve", pk)
        return _page(request, model_admin, check, way, tried)

    return resolve


def _tried(request, check, way):
    """Go it; True, or the form with what is wrong."""
    _label, _does, form_class, go, _standings = WAYS[way]
    form = form_class(request.POST)
    if not form.is_valid():
        return form
    try:
        go(check, form, request.user)
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return form
    check.refresh_from_db()
    messages.success(request, f"Done. The check is filed as “{check.get_standing_display()}”.")
    return True


def _page(request, model_admin, check, way, tried):
    ways = [
        {
            "name": name,
            "label": label,
            "does": does,
            "form": tried if name == way and tried is not None else form(auto_id=f"{name}-%s"),
        }
        for name, (label, does, form, _go, standings) in WAYS.items()
        if check.standing in standings or name == way
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Resolve {check}",
        "opts": CheckPayment._meta,
        "check": check,
        "left": resolving.left(check),
        "missing": check.missing(check.invoice) if check.standing == Standing.SHORT else None,
        "uses": check.uses.select_related("invoice", "made_by"),
        "ways": ways,
    }
    status = 422 if tried is not None else 200
    return render(request, "admin/billing/check/resolve.html", context, status=status)
