"""Whether an organization asks all its members for two-step verification (product 2.6)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from accounts.membership import people
from accounts.membership.access import manages_organization
from accounts.two_step import has_two_step


@require_http_methods(["GET", "HEAD", "POST"])
@manages_organization
@freshly_signed_in
def two_step_require(request):
    """Asks first, and says whom it stops at their next click."""
    organization = request.member.organization
    if request.method == "POST":
        is_required = request.POST.get("required") == "yes"
        organization.require_two_step(is_required, by=request.member)
        messages.success(
            request,
            _("Everybody needs two-step verification now.")
            if is_required
            else _("Two-step verification is everybody's own choice now."),
        )
        return redirect("my_organization")
    said = {
        "organization": organization,
        "without": people.without_two_step(organization),
        "has_it_themselves": has_two_step(request.user),
    }
    return render(request, "accounts/organization/two_step.html", said)
