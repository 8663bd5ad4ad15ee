"""Approve, deny, record a check, try again: a page that asks, a POST, and the verb (product 7.7)."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from audit.models import MoveRefused
from billing.models import Refund
from chartrequest.days import business_day
from chartrequest.forms import DateField, MoneyField, PlainTextField

READ_BY = "Whoever asked reads this on the page of the request, and in the refund letter."


def _words(**said):
    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    return PlainTextField(max_length=2000, multiline=True, widget=widget, help_text=READ_BY, **said)


class ApproveForm(forms.Form):
    amount = MoneyField(label="Amount to refund", help_text="The whole, or a part of it.")
    decision = _words(label="Explanation", required=False)

    def __init__(self, refund, *args):
        super().__init__(*args, initial={"amount": refund.amount})
        self.fields["amount"].most = refund.amount


class DenyForm(forms.Form):
    ground = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose the reason"), *Refund.Ground.choices],
        help_text="This sentence is emailed.",
    )
    decision = _words(label="Explanation", required=False)

    def __init__(self, refund, *args):
        super().__init__(*args)

    def clean(self):
        said = super().clean()
        if said.get("ground") == Refund.Ground.OTHER and not said.get("decision"):
            self.add_error("decision", "Say why it is denied.")
        return said


class CheckSentForm(forms.Form):
    number = PlainTextField(label="Check number", max_length=30)
    sent_on = DateField(label="Mailed on", past_only=True)

    def __init__(self, refund, *args):
        super().__init__(*args, initial={"sent_on": business_day()})


class AgainForm(forms.Form):
    by_check = forms.TypedChoiceField(
        label="How",
        choices=[("no", "To the card once more"), ("yes", "By check, to the mailing address")],
        coerce=lambda said: said == "yes",
    )

    def __init__(self, refund, *args):
        super().__init__(*args)


@dataclass(frozen=True)
class Step:
    """A verb of the refund: what its button says, what it does, its form, and for which refunds it is meant."""

    move: str
    label: str
    does: str
    form: type
    done: str
    fits: Callable = lambda refund: True


STEPS = [
    Step(
        "approve",
        "Approve",
        "A card is paid back by itself within minutes; a check is written by us. Whoever asked is told by email.",
        ApproveForm,
        "approved",
    ),
    Step(
        "deny",
        "Deny",
        "Nothing is paid. Whoever asked is told by email, and may ask again within the 30 days.",
        DenyForm,
        "denied",
        lambda refund: refund.state != Refund.State.APPROVED or not refund.is_to_card,
    ),
    Step(
        "send_check",
        "Record the check sent",
        "The check is in the mail. Whoever asked is told by email.",
        CheckSentForm,
        "paid by check",
        lambda refund: not refund.is_to_card,
    ),
    Step(
        "again",
        "Pay it again",
        "The bank said that nothing was paid. Try the card once more, or send a check.",
        AgainForm,
        "under way again",
    ),
]


def open_for(refund):
    """The steps that its state allows: label and address of each."""
    return [
        (step.label, reverse(f"admin:billing_refund_{step.move}", args=[refund.pk]))
        for step in STEPS
        if refund.can(step.move) and step.fits(refund)
    ]


def page_of(model_admin, step):
    """The view of one step."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @permission_required("billing.decide_refund", raise_exception=True)
    @freshly_signed_in
    def decide(request, refund_id):
        refund = Refund.objects.select_related("invoice", "organization").filter(pk=refund_id).first()
        if refund is None:
            raise Http404
        change = redirect("admin:billing_refund_change", refund.pk)
        if not refund.can(step.move) or not step.fits(refund):
            messages.error(request, refund.why_not(step.move))
            return change
        form = step.form(refund, *([request.POST] if request.method == "POST" else []))
        if request.method != "POST" or not form.is_valid():
            return _asked(request, model_admin, step, refund, form)
        try:
            getattr(refund, step.move)(by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
            return _asked(request, model_admin, step, refund, form)
        messages.success(request, f"{refund} is {step.done}.")
        return change

    return decide


def _asked(request, model_admin, step, refund, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{step.label}: {refund}",
        "opts": Refund._meta,
        "step": step,
        "refund": refund,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/billing/refund/step.html", context, status=status)
