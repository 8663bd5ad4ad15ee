"""This app's parts of "My Account"; a patient's page is called "Profile" and begins with "Basic Information"."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.sections import ACCOUNT
from accounts.two_step import has_two_step, must_have_two_step


def _about(request):
    verified = EmailAddress.objects.filter(user=request.user, verified=True, email__iexact=request.user.email)
    return {"person": request.user, "email_is_verified": verified.exists()}


def _two_step(request):
    mine = Authenticator.objects.filter(user=request.user)
    return {
        "has_two_step": has_two_step(request.user),
        "must_have_it": must_have_two_step(request.user),
        "has_app": any(one.type == Authenticator.Type.TOTP for one in mine),
        "passkeys": sum(one.type == Authenticator.Type.WEBAUTHN for one in mine),
    }


def _signed_in(request):
    return {"count": len(UserSession.objects.purge_and_list(request.user))}


_ABOUT = {"template": "accounts/account/_about.html", "facts": _about}
sections.add(ACCOUNT, 10, _("Basic Information"), shown=sections.for_patients, **_ABOUT)
sections.add(ACCOUNT, 10, _("Name and contact"), shown=sections.for_others, **_ABOUT)
sections.add(ACCOUNT, 20, _("Password"), "accounts/account/_password.html")
sections.add(ACCOUNT, 30, _("Two-step verification"), "accounts/account/_two_step.html", facts=_two_step)
sections.add(ACCOUNT, 40, _("Where you are signed in"), "accounts/account/_signed_in.html", facts=_signed_in)
