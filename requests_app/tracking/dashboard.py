"""The first page after signing in: what needs this person now, and where to begin."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Permission
from requests_app.models import RecordRequest, State
from requests_app.models.states import WITH_CUSTODIAN
from requests_app.tracking.outbound import views as outbound
from requests_app.tracking.outbound.asking import Asked

NEWEST = 8


@require_safe
@login_required
def home(request):
    """The dashboard of the organization the person acts for; ops go to their own pages."""
    member = request.member
    if member is None:
        if request.user.is_staff:
            return redirect("admin:index")
        return render(request, "requests_app/tracking/no_organization.html")
    if not member.may(Permission.VIEW_REQUESTS):
        return render(request, "requests_app/tracking/nothing_allowed.html")
    if member.organization.is_provider:
        return render(request, "requests_app/tracking/dashboard_practice.html", _practice(member))
    return render(request, "requests_app/tracking/dashboard_requestor.html", _requestor(request, member))


def _requestor(request, member):
    """What waits for the requestor, and the newest outbound requests of the states that were chosen."""
    mine = RecordRequest.objects.outbound(member).select_related("patient", "custodian")
    waiting = mine.filter(state__in=[State.INCOMPLETE, State.PRICED]).order_by("-updated_at", "-id")
    shown = outbound.context(request, Asked(request), size=NEWEST)
    return shown | {"needs_you": waiting[:NEWEST]}


def _practice(member):
    came_in = RecordRequest.objects.inbound(member).select_related("patient", "batch__organization")
    waiting = came_in.filter(state__in=WITH_CUSTODIAN)
    return {
        "needs_you": waiting.order_by("-is_rush", "due_on", "id")[:NEWEST],
        "recent": came_in.order_by("-updated_at", "-id")[:NEWEST],
    }
