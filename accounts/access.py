"""Who gets to a view at all: somebody who acts for an organization, and whose role holds what it takes."""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode


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


def freshly_signed_in(view):
    """Ask for the password again unless this session was given it within five minutes (trust.md, Sign-in)."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        given_at = max((one["at"] for one in get_authentication_records(request, request.user)), default=0)
        if request.user.is_authenticated and time.time() - given_at > app_settings.REAUTHENTICATION_TIMEOUT:
            after = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{after}")
        return view(request, *args, **kwargs)

    return asked
