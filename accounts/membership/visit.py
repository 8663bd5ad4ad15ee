"""A visit by an invitation's link: the token is in the first address only; then a session remembers its hash.

So no page with a form has the token in its address, its Referer or the browser's history of forms.
"""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.shortcuts import render

from accounts.limits import may_try
from accounts.models import Invitation, Person

# Sign-up reads it: the address is fixed, and counts as verified since the link came to it.
SESSION_KEY = "invited"
STATUS_OF = {"no_visit": 404, "unknown": 404, "busy": 429, "used": 410, "revoked": 410, "expired": 410}
STATUS_OF |= {"other_address": 403, "yours": 200}


def begin(request, invitation):
    """Remember the link. Who holds it has shown that they read mail at its address."""
    request.session[SESSION_KEY] = {
        "email": invitation.email,
        "name": invitation.name,
        "kind": invitation.organization.kind,
        "token_hash": invitation.token_hash,
    }
    if not request.user.is_authenticated and not has_account(invitation):
        get_adapter().stash_verified_email(request, invitation.email)


def end(request):
    request.session.pop(SESSION_KEY, None)


def has_account(invitation):
    return Person.objects.filter(email__iexact=invitation.email).exists()


def with_invitation(view):
    """Hand the view the invitation of this visit; one that can't be accepted says why, and what to do."""

    @wraps(view)
    def found(request, **kwargs):
        token_hash = (request.session.get(SESSION_KEY) or {}).get("token_hash")
        if token_hash is None:
            return closed(request, "no_visit")
        invitation = Invitation.objects.by_hash(token_hash)
        why = why_not(invitation, request.user)
        return closed(request, why, invitation) if why else view(request, invitation, **kwargs)

    return found


def why_not(invitation, person):
    """What stands in the way of accepting, or ""; `person` may be anonymous."""
    if invitation is None:
        return "unknown"
    if invitation.state == Invitation.State.ACCEPTED:
        return "yours" if invitation.accepted_by_id == person.pk and person.pk else "used"
    if invitation.state == Invitation.State.REVOKED:
        return "revoked"
    if invitation.is_expired:
        return "expired"
    if person.is_authenticated and not invitation.is_for(person):
        return "other_address"
    return ""


def limited(view):
    """At most so many from one place (ACCOUNT_RATE_LIMITS["invitation"]): tokens are not there to be guessed."""

    @wraps(view)
    def found(request, *args, **kwargs):
        if not may_try(request, "invitation"):
            return closed(request, "busy")
        return view(request, *args, **kwargs)

    return found


def closed(request, why, invitation=None):
    page = {"why": why, "invitation": invitation}
    return render(request, "accounts/organization/invitation_closed.html", page, status=STATUS_OF[why])


def without_referrer(view):
    """The address holds a token. For pages without forms: those that a browser sends from here have no origin."""

    @wraps(view)
    def silent(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return silent
