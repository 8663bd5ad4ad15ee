"""The library's pages of two-step verification, with what they lack: one change at a time, the last way guarded."""

from functools import wraps

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from accounts.two_step import has_two_step, must_have_two_step


def hold(person):
    Person.objects.select_for_update().get(pk=person.pk)


def one_at_a_time(view):
    """A person's ways of signing in change one after another: two tabs can't take the last two away together."""

    @wraps(view)
    def held(request, *args, **kwargs):
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            hold(request.user)
            return view(request, *args, **kwargs)

    return held


@method_decorator(require_safe, name="dispatch")
class Overview(base.IndexView):
    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs):
        person = self.request.user
        mine = Authenticator.objects.filter(user=person)
        passkeys = [one for one in mine if one.type == Authenticator.Type.WEBAUTHN]
        return super().get_context_data(**kwargs) | {
            "has_two_step": has_two_step(person),
            "must_have_it": must_have_two_step(person),
            "passkeys": passkeys,
        }


@method_decorator(login_required, name="dispatch")
class RemovePasskey(webauthn.RemoveWebAuthnView):
    success_url = "/account/2fa/"

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


@method_decorator(require_http_methods(["GET", "POST"]), name="dispatch")
class ConfirmByPasskey(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data() | {"form": form}, status=422)


# Looking at recovery codes uses the look up: a browser that only asks for the head must not.
seen_once = require_http_methods(["GET"])
