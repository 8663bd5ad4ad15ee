"""End it, or let it go on: a page that asks, a POST, and the verb."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import freshly_signed_in
from audit.models import MoveRefused
from requests_app.models import RecordRequest
from requests_app.sweeping import deciding


@dataclass(frozen=True)
class Decision:
    """What its button says, what it does, and what is said afterwards."""

    move: str
    label: str
    does: str
    done: str


DECISIONS = [
    Decision(
        "end",
        "Cancel the request",
        "It is canceled and costs the patient nothing. The patient is told, and may reopen it for nothing.",
        "is canceled. The patient is told.",
    ),
    Decision(
        "keep_going",
        "Keep it going",
        "It stays as it is for 30 days; if nothing has come of it by then, it is put before you again.",
        "goes on for 30 days.",
    ),
]


def open_for(record_request):
    """Label and address of each decision that waits; none where nobody was asked."""
    if not record_request.ops_asked_at:
        return []
    return [
        (one.label, reverse(f"admin:requests_app_recordrequest_{one.move}", args=[record_request.pk]))
        for one in DECISIONS
    ]


def page_of(model_admin, decision):
    """The view of one decision."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @permission_required("requests_app.end_recordrequest", raise_exception=True)
    @freshly_signed_in
    def decide(request, request_id):
        record_request = RecordRequest.objects.filter(pk=request_id).first()
        if record_request is None:
            raise Http404
        if request.method != "POST":
            return _asked(request, model_admin, decision, record_request)
        try:
            deciding.MOVES[decision.move](record_request, by=request.user)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Request {record_request} {decision.done}")
        return redirect("admin:requests_app_recordrequest_change", record_request.pk)

    return decide


def _asked(request, model_admin, decision, record_request):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{decision.label}: {record_request}",
        "opts": RecordRequest._meta,
        "decision": decision,
        "record_request": record_request,
    }
    return render(request, "admin/requests_app/recordrequest/decide.html", context)
