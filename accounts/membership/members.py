"""The members of an organization: who they are, their roles, and their end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import freshly_signed_in
from accounts.membership import people
from accounts.membership.access import manages_users
from accounts.membership.forms import RoleForm
from accounts.models import JoinRequest, Permission


@require_safe
@manages_users
def members(request):
    """Members, who asks to join, and who is invited."""
    organization, by = request.member.organization, request.member
    invitations = organization.invitations.open().select_related("role", "invited_by")
    asked = organization.join_requests.filter(state=JoinRequest.State.ASKED).select_related("person")
    said = {
        "members": people.governed(organization, by),
        "join_requests": asked,
        "invitations": [(one, one.role.is_within(by)) for one in invitations],
    }
    return render(request, "accounts/organization/members.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def member_role(request, member_id):
    """Give a member another role."""
    member = _member(request, member_id)
    form = RoleForm(request.POST or None, by=request.member, initial={"role": member.role_id})
    if request.method == "POST" and form.is_valid():
        member.change_role(form.cleaned_data["role"], by=request.member)
        said = {"name": member.person.full_name, "role": member.role.name}
        messages.success(request, _("%(name)s has the role %(role)s now.") % said)
        return redirect(_after(request))
    status = 422 if form.errors else 200
    said = {"form": form, "member": member, "why_not": people.why_not(member, request.member)}
    return render(request, "accounts/organization/member_role.html", said, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def member_remove(request, member_id):
    """Asks first, and says what happens."""
    member = _member(request, member_id)
    if request.method == "POST":
        member.remove(by=request.member)
        messages.success(request, _("%(name)s is no longer a member.") % {"name": member.person.full_name})
        return redirect(_after(request))
    said = {"member": member, "why_not": people.why_not(member, request.member)}
    return render(request, "accounts/organization/member_remove.html", said)


def _member(request, member_id):
    return get_object_or_404(people.of(request.member.organization), pk=member_id)


def _after(request):
    """The list, unless it was their own role or membership that ended."""
    fresh = request.member.fresh()
    if fresh is None:
        return "home"
    return "members" if fresh.may(Permission.MANAGE_USERS) else "my_organization"
