from allauth.account import views as library
from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import freshly_signed_in


class ChangeEmail(library.EmailView):
    """One address: it changes when the code that went to the new one is typed in (product 2.6)."""

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "pending": EmailVerificationProcess.resume(self.request),
            "is_verified": has_verified_email(self.request.user, self.request.user.email),
        }


@require_POST
@login_required
@freshly_signed_in
def email_verify(request):
    """Send a code to the present address of somebody who was verified by text only."""
    if has_verified_email(request.user, request.user.email):
        return redirect("account_email")
    send_verification_email_for_user(request, request.user)
    return redirect("account_email_verification_sent")


@require_POST
@login_required
def email_keep(request):
    """Give up the change that waits for its code; the code is worth nothing then."""
    pending = EmailVerificationProcess.resume(request)
    if pending:
        pending.abort()
        messages.info(request, _("Your email address stays as it is."))
    return redirect("my_account")
