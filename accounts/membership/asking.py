"""People of the organization's mail domain who ask to join: its administrators decide (product 2.3)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from accounts.membership.access import manages_users
from accounts.membership.forms import RoleForm


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def join_accept(request, join_request_id):
    """Take the person in, with a role."""
    join_request = _join_request(request, join_request_id)
    form = RoleForm(request.POST or None, by=request.member)
    if request.method == "POST" and form.is_valid():
        join_request.accept(form.cleaned_data["role"], by=request.member)
        messages.success(request, _("%(name)s is a member now.") % {"name": join_request.person.full_name})
        return redirect("members")
    said = {"form": form, "join_request": join_request, "is_open": join_request.can("_accept")}
    return render(request, "accounts/organization/join_accept.html", said, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def join_decline(request, join_request_id):
    """Asks first."""
    join_request = _join_request(request, join_request_id)
    if request.method == "POST":
        join_request.decline(by=request.member)
        messages.success(
            request, _("%(name)s is told that you said no.") % {"name": join_request.person.full_name}
        )
        return redirect("members")
    said = {"join_request": join_request, "is_open": join_request.can("_decline")}
    return render(request, "accounts/organization/join_decline.html", said)


def _join_request(request, join_request_id):
    mine = request.member.organization.join_requests.select_related("person", "organization")
    return get_object_or_404(mine, pk=join_request_id)
