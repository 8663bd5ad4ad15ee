""" "Assign Permissions" (product 2.8): a table of permissions × roles; a click sets or clears one, at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import freshly_signed_in
from accounts.membership.access import of_organization
from accounts.models import Permission, Role
from audit.models import MoveRefused

P = Permission
# By the part of the work.
GROUPS = [
    (
        _("Request workflow"),
        [
            P.VIEW_REQUESTS,
            P.UPLOAD_RECORDS,
            P.MARK_INCOMPLETE,
            P.REVIEW_PAGES,
            P.PRICE,
            P.APPROVE_RELEASE,
            P.SEND_MESSAGES,
            P.MANAGE_WALK_INS,
        ],
    ),
    (_("Own requests"), [P.MAKE_REQUESTS]),
    (_("Referrals"), [P.SEND_REFERRALS, P.HANDLE_REFERRALS]),
    (_("Reports"), [P.VIEW_REPORTS]),
    (_("Organization"), [P.MANAGE_USERS, P.MANAGE_ORGANIZATION]),
]
assigns = of_organization(Permission.MANAGE_USERS, providers=True)


@dataclass(frozen=True)
class Cell:
    """Whether one role holds one permission, and why that can't be changed, if so."""

    role: Role
    permission: Permission
    is_held: bool
    why_not: str

    @property
    def anchor(self):
        return f"cell-{self.role.pk}-{self.permission.value}"


@require_safe
@assigns
@freshly_signed_in
def assign_permissions(request):
    """The whole table; where there is no room for it, one role at a time: `?role=`."""
    roles = list(request.member.organization.roles.select_related("organization"))
    said = {"roles": roles, "chosen": _chosen(request, roles), "groups": _table(roles, request.member)}
    return render(request, "accounts/organization/permissions.html", said)


@require_POST
@assigns
@freshly_signed_in
def permission_set(request):
    """Set or clear one. Says what it became, in place where script runs, else back in the table."""
    role, permission = _asked(request)
    refused = ""
    try:
        role.allow(permission, request.POST.get("allowed") == "yes", by=request.member)
    except MoveRefused as refusal:
        refused = str(refusal)
    if request.htmx:
        role.refresh_from_db(fields=["permissions"])
        cell = _cell(role, permission, request.member)
        return render(request, "accounts/organization/_permission.html", {"cell": cell, "refused": refused})
    if refused:
        messages.error(request, refused)
    anchor = Cell(role, permission, False, "").anchor
    return redirect(f"{reverse('assign_permissions')}?role={role.pk}#{anchor}")


def _asked(request):
    """The role and permission a form names; 404 for those of nobody, or of another organization."""
    named = request.POST.get("role", "")
    permission = request.POST.get("permission")
    roles = request.member.organization.roles.select_related("organization")
    role = next((one for one in roles if str(one.pk) == named), None)
    if role is None or permission not in Permission.values:
        raise Http404
    return role, Permission(permission)


def _chosen(request, roles):
    asked = request.GET.get("role")
    return next((one for one in roles if str(one.pk) == asked), roles[0] if roles else None)


def _table(roles, by):
    return [
        (name, [(one, [_cell(role, one, by) for role in roles]) for one in permissions])
        for name, permissions in GROUPS
    ]


def _cell(role, permission, by):
    return Cell(role, permission, permission in role.permissions, role.why_not(permission, by))
