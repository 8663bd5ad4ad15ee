""" "Invite Your Colleagues" (product 2.7): a link that works once, for 7 days, for one address."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from accounts.access import freshly_signed_in
from accounts.membership.access import manages_users
from accounts.membership.forms import InviteForm
from accounts.models import Invitation
from audit.models import MoveRefused


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def member_invite(request):
    form = InviteForm(request.POST or None, by=request.member)
    if request.method == "POST" and form.is_valid() and _sent(form, request):
        said = {"email": form.cleaned_data["email"]}
        messages.success(request, _("The invitation is on its way to %(email)s.") % said)
        return redirect("members")
    status = 422 if form.errors else 200
    return render(request, "accounts/organization/invite.html", {"form": form}, status=status)


def _sent(form, request):
    """Send it; a refusal stands beside the address, so that nothing typed is lost."""
    by = request.member
    try:
        _may_write_to(form.cleaned_data["email"], request)
        Invitation.send(by.organization, by=by, **form.cleaned_data)
    except MoveRefused as refusal:
        form.add_error("email", str(refusal))
        return False
    return True


def _may_write_to(email, request):
    """Raise MoveRefused after too many letters, whatever became of the invitations before."""
    email = email.strip().lower()
    if limits.counted(request, "invite", [email]) is None:
        minutes = -(-limits.seconds_left(request, "invite", email) // 60)
        raise MoveRefused(
            ngettext(
                "Many invitations went out already. You can send another in %(count)s minute.",
                "Many invitations went out already. You can send another in %(count)s minutes.",
                minutes,
            )
            % {"count": minutes}
        )


@require_POST
@manages_users
@freshly_signed_in
def invitation_resend(request, invitation_id):
    invitation = _invitation(request, invitation_id)
    _may_write_to(invitation.email, request)
    invitation.resend(by=request.member)
    said = {"email": invitation.email}
    messages.success(request, _("A new link is on its way to %(email)s. The old one no longer works.") % said)
    return redirect("members")


@require_http_methods(["GET", "HEAD", "POST"])
@manages_users
@freshly_signed_in
def invitation_revoke(request, invitation_id):
    """Asks first."""
    invitation = _invitation(request, invitation_id)
    if request.method == "POST":
        invitation.revoke(by=request.member)
        messages.success(request, _("The invitation of %(name)s is taken back.") % {"name": invitation.name})
        return redirect("members")
    said = {"invitation": invitation, "can_be_revoked": invitation.can("_revoke")}
    return render(request, "accounts/organization/invitation_revoke.html", said)


def _invitation(request, invitation_id):
    mine = request.member.organization.invitations.select_related("organization", "role")
    return get_object_or_404(mine, pk=invitation_id)
