"""The first page after signing in: what needs this person now, and where to begin."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Permission
from requests_app.models import RecordRequest, State
from requests_app.models.states import WITH_CUSTODIAN

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
    page = _practice(member) if member.organization.is_provider else _requestor(member)
    return render(request, page.pop("template"), page | {"may_ask": member.may(Permission.MAKE_REQUESTS)})


def _requestor(member):
    requests = RecordRequest.objects.outbound(member).select_related("patient", "custodian", "batch")
    return {
        "template": "requests_app/tracking/dashboard_requestor.html",
        "needs_you": requests.filter(state__in=[State.INCOMPLETE, State.PRICED]).order_by("-updated_at")[:NEWEST],
        "recent": requests.order_by("-updated_at")[:NEWEST],
    }


def _practice(member):
    requests = RecordRequest.objects.inbound(member).select_related("patient", "batch__organization")
    return {
        "template": "requests_app/tracking/dashboard_practice.html",
        "needs_you": requests.filter(state__in=WITH_CUSTODIAN).order_by("-is_rush", "due_on", "id")[:NEWEST],
        "recent": requests.order_by("-updated_at")[:NEWEST],
    }
