"""The link to pay an invoice, sent to somebody who has no account here: an accounts department, a relative."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.limits import counted
from billing.models import PayLink
from chartrequest.forms import EmailField
from correspondence.models import Notice
from requests_app.tracking.paying.views import for_payer, nothing_owed, owed


class PayLinkForm(forms.Form):
    email = EmailField(label=gettext_lazy("Email of whoever pays"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def send_pay_link(request, record_request):
    """Ask for an address, and send it the link; the letter names the invoice and nobody's health."""
    invoice = owed(record_request, request.GET.get("invoice", ""))
    if invoice is None:
        return nothing_owed(request, record_request)
    form = PayLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if counted(request, "send_pay_link", [form.cleaned_data["email"]]) is None:
            form.add_error(None, _("You have sent many links. Wait an hour, then try again."))
        else:
            send(invoice, form.cleaned_data["email"], by=request.member)
            messages.success(request, _("The link was sent to %(email)s.") % form.cleaned_data)
            return redirect(record_request)
    page = {"record_request": record_request, "invoice": invoice, "form": form}
    status = 422 if form.errors else 200
    return render(request, "requests_app/tracking/paying/send_link.html", page, status=status)


@transaction.atomic
def send(invoice, email, *, by):
    """Draw a link to this invoice and owe the letter with it."""
    token = PayLink.draw(invoice, by=by)
    invoice.record_request.record("pay_link_sent", by=by, number=invoice.number)
    Notice.objects.owe_secret(
        "pay_link",
        Notice.Channel.EMAIL,
        email,
        secret_path=reverse("pay_link", args=[token]),
        on_behalf_of=by.person.full_name,
        reference=invoice.number,
    )
