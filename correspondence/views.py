from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_member
from accounts.models import Permission
from correspondence import events
from correspondence.forms import ChoicesForm
from correspondence.models.choice import takes_texts


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(None)
def notification_settings(request):
    """How one is told of what: a channel for each group of events, saved all at once (product 2.11)."""
    parts = events.told_to(**sides_of(request.memberships))
    form = ChoicesForm(request.POST if request.method == "POST" else None, person=request.user, parts=parts)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("my_account")
    at_work = any(not member.organization.is_household for member in request.memberships)
    always = events.ALWAYS + (events.ALWAYS_AT_WORK if at_work else [])
    context = {"form": form, "always": always, "takes_texts": takes_texts(request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "correspondence/notification_settings.html", context, status=status)


def sides_of(memberships):
    """Whether they release records, and whether they ask for some, in any of their organizations."""
    practices = [member for member in memberships if member.organization.is_provider]
    asking = [member for member in practices if member.holds(Permission.MAKE_REQUESTS)]
    return {"releases": bool(practices), "asks": bool(asking) or len(practices) < len(memberships)}
