from urllib.parse import urlsplit

from allauth.account.views import SignupView
from django.conf import settings
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

WHO = {"patient", "professional"}
INVITED = "invited"  # accounts.membership keeps there what an invitation says


class SignUp(SignupView):
    """First who: "Patient" or "Professional"; then the form. An invitation has said who already."""

    @property
    def who(self):
        said = self.request.GET.get("as", "")
        return said if said in WHO else ""

    @property
    def invited(self):
        return self.request.session.get(INVITED) if self._leads_to_invitation() else None

    def _leads_to_invitation(self):
        try:
            return resolve(urlsplit(self.get_next_url() or "").path).url_name == "invitation"
        except Resolver404:
            return False

    def get_template_names(self):
        asks_who = self.request.method != "POST" and not self.who and not self.invited
        return ["account/signup_who.html" if asks_who else "account/signup.html"]

    def get_form_kwargs(self):
        invited = self.invited
        said = {"request": self.request, "as_patient": self.who == "patient", "invited": invited}
        return super().get_form_kwargs() | said

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"who": self.who, "invited": self.invited}


@require_safe
def agreement(request):
    """What everybody accepts at sign-up (product 7.4), readable by anybody."""
    return render(request, "accounts/joining/agreement.html", {"version": settings.AGREEMENT_VERSION})
