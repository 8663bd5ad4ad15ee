"""Who may handle cards: members who may make requests; for changes, who signed in a moment ago."""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.models import Permission
from billing.models import Card


def for_payer(view):
    """The view needs an acting member who may make requests."""

    @login_required
    @wraps(view)
    def found(request, *args, **kwargs):
        if request.member is None or not request.member.may(Permission.MAKE_REQUESTS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return found


def with_own_card(view):
    """Hand the view a card that the member added; a colleague's shared card is seen but not changed: 403."""

    @for_payer
    @wraps(view)
    def found(request, card_id, **kwargs):
        card = Card.objects.usable_by(request.member).filter(pk=card_id).first()
        if card is None:
            raise Http404
        if card.owner_id != request.member.person_id:
            raise PermissionDenied
        return view(request, card, **kwargs)

    return found


def freshly_signed_in(view):
    """Ask for the password again unless this session was given it within five minutes (trust.md, Sign-in)."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        given_at = max((one["at"] for one in get_authentication_records(request, request.user)), default=0)
        if request.user.is_authenticated and time.time() - given_at > app_settings.REAUTHENTICATION_TIMEOUT:
            way_back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{way_back}")
        return view(request, *args, **kwargs)

    return asked


def way_back(request, default="cards"):
    """The page of ours that `next` names, else the list of cards."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=secure):
        return asked
    return reverse(default)
