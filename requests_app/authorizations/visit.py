"""A visit by link: the token is in the first address only; from there on a session remembers which link it was.

So no page with a form has the token in its address, its Referer or the browser's history of forms.
"""

from datetime import datetime, timedelta
from functools import wraps

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.limits import may_try
from requests_app.models import SigningInvitation

SESSION_KEY = "signing"
# Who read for an hour without signing is asked again: the phone may lie on a table.
IDENTIFIED_FOR = timedelta(hours=1)
STATUS_OF = {"withdrawn": 410, "expired": 410, "locked": 403, "unknown": 404, "no_visit": 404, "busy": 429}


def begin(request, invitation):
    """Remember the link; who was identified for this very link stays so."""
    if _visit(request).get("link") != invitation.token_hash:
        request.session[SESSION_KEY] = {"link": invitation.token_hash}


def identify(request):
    """The birth date was right. A new session key, so that one planted before is worth nothing."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = {**_visit(request), "identified_at": timezone.now().isoformat()}


def is_identified(request):
    since = _visit(request).get("identified_at")
    return bool(since) and timezone.now() < datetime.fromisoformat(since) + IDENTIFIED_FOR


def with_link(*, identified=True):
    """Hand the view the invitation of this visit; a link that can't be used says why, and what to do."""

    def decorate(view):
        @wraps(view)
        def found(request, **kwargs):
            link = _visit(request).get("link")
            if link is None:
                return closed(request, "no_visit")
            invitation = SigningInvitation.objects.by_hash(link)
            if invitation is None:
                return closed(request, "unknown")
            if invitation.standing in ("withdrawn", "expired", "locked"):
                return closed(request, invitation.standing, invitation)
            if identified and not is_identified(request):
                return redirect("signing")
            return view(request, invitation, **kwargs)

        return found

    return decorate


def limited(view):
    """At most so many a minute from one place (ACCOUNT_RATE_LIMITS["sign"]): tokens are not there to be guessed."""

    @wraps(view)
    def found(request, *args, **kwargs):
        if not may_try(request, "sign"):
            return closed(request, "busy")
        return view(request, *args, **kwargs)

    return found


def closed(request, why, invitation=None):
    page = {"why": why, "sender": invitation.batch.organization if invitation else None}
    response = render(request, "requests_app/authorizations/closed.html", page, status=STATUS_OF[why])
    response["Referrer-Policy"] = "no-referrer"
    return response


def _visit(request):
    return request.session.get(SESSION_KEY) or {}
