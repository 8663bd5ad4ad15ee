"""Approve, reject, suspend, restore: a page that asks, a POST, and the verb (product 2.5)."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from accounts.models import Organization
from audit.models import MoveRefused
from chartrequest.forms import PlainTextField


@dataclass(frozen=True)
class Decision:
    """A verb of the organization: what its button says, what it does, whether it wants a reason."""

    move: str
    label: str
    does: str
    done: str
    wants_reason: bool = False


DECISIONS = [
    Decision(
        "approve", "Approve", "It can work from now on, and its place can be asked for records.", "approved"
    ),
    Decision(
        "reject", "Reject", "It can't work. Its people read the reason, and may answer it.", "rejected", True
    ),
    Decision(
        "suspend",
        "Suspend",
        "Nobody of it can work from the next click on, and it can't be asked for records. Nothing is lost.",
        "suspended",
        True,
    ),
    Decision("restore", "Restore", "It can work again; everything is where it was.", "restored"),
]


class NoReason(forms.Form):
    pass


class ReasonForm(forms.Form):
    reason = PlainTextField(
        max_length=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Its people read this, on their page and by email. No health information.",
    )


def open_for(organization):
    """The decisions that its standing allows: label and address of each."""
    return [
        (decision.label, reverse(f"admin:accounts_organization_{decision.move}", args=[organization.pk]))
        for decision in DECISIONS
        if organization.can(decision.move)
    ]


def page_of(model_admin, decision):
    """The view of one decision."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @permission_required("accounts.decide_organization", raise_exception=True)
    @freshly_signed_in
    def decide(request, organization_id):
        organization = Organization.objects.filter(pk=organization_id).first()
        if organization is None:
            raise Http404
        change = redirect("admin:accounts_organization_change", organization.pk)
        if not organization.can(decision.move):
            messages.error(request, organization.why_not(decision.move))
            return change
        form = (ReasonForm if decision.wants_reason else NoReason)(
            request.POST if request.method == "POST" else None
        )
        if request.method != "POST" or not form.is_valid():
            return _asked(request, model_admin, decision, organization, form)
        try:
            getattr(organization, decision.move)(by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{organization.name} is {decision.done}. Its administrators are told.")
        return change

    return decide


def _asked(request, model_admin, decision, organization, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{decision.label} {organization.name}",
        "opts": Organization._meta,
        "decision": decision,
        "organization": organization,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/accounts/organization/decide.html", context, status=status)
