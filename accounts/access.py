"""Who gets to a view at all: somebody who acts for an organization, and whose role holds what it takes."""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chartrequest.way_back import way_back


def for_member(permission):
    """The view needs an acting member whose role holds `permission` (a Permission, or None for any member)."""

    def decorate(view):
        @login_required
        @wraps(view)
        def found(request, *args, **kwargs):
            if request.member is None or (permission and not request.member.may(permission)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return found

    return decorate


def is_fresh(request):
    """Whether who they are was shown in this session within five minutes: by password, code or passkey."""
    given_at = max((one["at"] for one in get_authentication_records(request, request.user)), default=0)
    return time.time() - given_at <= app_settings.REAUTHENTICATION_TIMEOUT


def for_patient(permission):
    """The view needs somebody who acts for a household (a patient), and whose role holds `permission`.

    Professionals, whose pages these are not, find none: 404.
    """

    def decorate(view):
        @for_member(None)
        @wraps(view)
        def found(request, *args, **kwargs):
            if not request.member.organization.is_household:
                raise Http404
            if not request.member.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return found

    return decorate


def freshly_signed_in(view):
    """Ask who it is again unless that was shown within five minutes (trust.md, Sign-in).

    Afterwards they are where they were: on the page, or on the one whose form they sent.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.user.is_authenticated and not is_fresh(request):
            here = request.get_full_path()
            if request.method not in ("GET", "HEAD"):
                here = way_back(request, said=request.headers.get("Referer", ""))
                messages.info(request, _("Confirm that it is you, then send it again."))
            return redirect(way_to_confirm(request, here))
        return view(request, *args, **kwargs)

    return asked


def way_to_confirm(request, back):
    """The address where they show again who they are, and from which they come `back`."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    asks = ways[0]["url"] if ways else reverse("account_reauthenticate")
    return f"{asks}?{urlencode({'next': back})}"
