"""Up to which price an organization's cards are charged without asking (product 4.5): its managers set it."""

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from billing.models import Ceiling
from chartrequest.forms import MoneyField
from chartrequest.forms.pages import form_page
from directory.organization.access import manages_requestor


class CeilingForm(forms.Form):
    """An amount in USD, or nothing: then its people are always asked."""

    amount = MoneyField(
        label=gettext_lazy("Charge without asking, up to ($)"),
        required=False,
        help_text=gettext_lazy("Leave it empty to be asked each time. The amount itself is still within it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages_requestor
@freshly_signed_in
def ceiling(request):
    """The one form of it; practices pay nothing and have no such page."""
    organization = request.member.organization

    def keep(form):
        Ceiling.put(organization, form.cleaned_data["amount"], by=request.member)
        messages.success(request, _("Saved."))

    now = {"amount": Ceiling.of(organization)}
    form = CeilingForm(request.POST if request.method == "POST" else None, initial=now)
    return form_page(request, "billing/ceiling.html", form, keep, after="my_organization")
