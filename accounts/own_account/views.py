"""The page "My Account", which patients know as their "Profile" (product 2.11)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import sections
from accounts.own_account.forms import AboutYouForm


@require_safe
@login_required
def my_account(request):
    parts = sections.drawn(sections.ACCOUNT, request)
    return render(request, "accounts/account/page.html", {"parts": parts})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_name(request):
    """Name, time zone and language; a patient's birth date too."""
    form = AboutYouForm(request.POST or None, person=request.user, member=request.member)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return redirect("my_account")
    status = 422 if form.errors else 200
    return render(request, "accounts/account/name.html", {"form": form}, status=status)
