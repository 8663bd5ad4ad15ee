from allauth.account import views as library
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.phone_verification import ChangePhoneVerificationProcess
from allauth.account.utils import has_verified_email
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in


class ChangePhone(library.ChangePhoneView):
    def form_valid(self, form):
        try:
            ChangePhoneVerificationProcess.initiate(self.request, str(form.cleaned_data["phone"]))
        except RateLimited:
            form.add_error("phone", _("A code went there a moment ago. Wait a minute, then try again."))
            return self.form_invalid(form)
        return redirect("account_verify_phone")

    def get_context_data(self, **kwargs):
        pending = ChangePhoneVerificationProcess.resume(self.request)
        return super().get_context_data(**kwargs) | {"pending": pending}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@freshly_signed_in
def phone_remove(request):
    """Ask, then forget the number. It stays while nothing else shows whose account this is."""
    person = request.user
    if not person.phone:
        return redirect("my_account")
    if not has_verified_email(person):
        messages.error(
            request, _("Verify your email first: until then the number alone shows that this is you.")
        )
        return redirect("my_account")
    if request.method == "POST":
        adapter, before = get_adapter(request), person.phone if person.phone_verified_at else None
        with transaction.atomic():
            adapter.set_phone(person, "", False)
            adapter.tell_of_phone(person, before, "phone_removed")
        messages.success(request, _("Your phone number is removed."))
        return redirect("my_account")
    return render(request, "accounts/account/phone_remove.html")
