"""What the pages of a newcomer's way share: who may be there, what comes next, how they are drawn."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from accounts.door import what_is_ahead
from accounts.models import Member
from accounts.onboarding import finding


def onward(request):
    """To what is still ahead of them, or home; from there the door leads on to where they wanted to go before."""
    member = request.member or Member.objects.of(request.user).first()
    return redirect(what_is_ahead(request.user, member) or "home")


def for_newcomer(view):
    """For who has answered the survey and belongs to no organization; others go on where they are."""

    @login_required
    @wraps(view)
    def let_in(request, *args, **kwargs):
        if request.user.is_staff or request.user.onboarded_at is None or request.member:
            return onward(request)
        return view(request, *args, **kwargs)

    return let_in


def for_founder(view):
    """For a newcomer who waits for nobody's answer, and whose address is shown to be theirs where it counts."""

    @for_newcomer
    @wraps(view)
    def let_in(request, *args, **kwargs):
        if finding.must_show_address(request.user) or finding.asked(request.user):
            return redirect("choose_organization")
        return view(request, *args, **kwargs)

    return let_in


def page(request, name, *, status=200, **context):
    """A page of the way: without the sidebar, whose lines lead nowhere yet."""
    shown = {"nav": (), "operator": settings.OPERATOR, "kind": finding.kind_of(request.user)} | context
    return render(request, f"accounts/onboarding/{name}.html", shown, status=status)
