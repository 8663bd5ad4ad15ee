"""An invitation as its reader meets it: from the letter, by sign-up or sign-in, into the organization."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.membership import visit
from accounts.middleware import SESSION_KEY
from accounts.models import Invitation
from audit.models import MoveRefused


@require_safe
@visit.without_referrer
@visit.limited
def invitation_follow(request, token):
    """The address in the letter. Following changes nothing: mail filters follow links too."""
    invitation = Invitation.objects.by_token(token)
    if invitation is None:
        return visit.closed(request, "unknown")
    visit.begin(request, invitation)
    return redirect("invitation")


@require_safe
@visit.limited
@visit.with_invitation
def invitation(request, invitation):
    """Who invites to what; whoever isn't signed in signs in, or signs up, and comes back."""
    said = {
        "invitation": invitation,
        "has_account": visit.has_account(invitation),
        "after": urlencode({"next": reverse("invitation")}),
    }
    return render(request, "accounts/organization/invitation.html", said)


@require_POST
@visit.limited
@visit.with_invitation
def invitation_accept(request, invitation):
    """Become a member, and act for the organization from here on."""
    if not request.user.is_authenticated:
        return redirect("invitation")
    try:
        member = invitation.accept(request.user)
    except MoveRefused:  # somebody was faster, or took it back this moment
        return redirect("invitation")
    visit.end(request)
    request.session[SESSION_KEY] = member.pk
    messages.success(request, _("You belong to %(name)s now.") % {"name": member.organization.public_name})
    return redirect("home")
