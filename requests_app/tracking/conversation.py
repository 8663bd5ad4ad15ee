"""Messages between the two sides of a request (product 9.1)."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import Permission
from audit.models import MoveRefused
from requests_app import notices, permissions
from requests_app.access import with_record_request
from requests_app.refusing import refused_to
from requests_app.tracking import record_page
from requests_app.tracking.forms import MessageForm


@require_POST
@with_record_request(allowed=permissions.can_message)
@refused_to("record_request")
def post_message(request, record_request):
    """Send a message to the other side; a draft has no other side yet."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        page = record_page.context(request, record_request, message_form=form)
        return render(request, "requests_app/tracking/request.html", page, status=422)
    send(record_request, by=request.member, body=form.cleaned_data["body"])
    return redirect(record_request.get_absolute_url() + "#messages")


def send(record_request, *, by, body):
    """Add a message to the request's thread, tell the other side, write it down.

    Raises MoveRefused for a draft, which has no other side yet.
    """
    if not record_request.submitted_at:
        raise MoveRefused(_("You can write to the practice once the request is submitted."))
    with transaction.atomic():
        record_request.record("message", by=by)
        record_request.thread.post(by=by, body=body)
        if by.organization_id == record_request.organization_id:
            notices.to_custodian(record_request, "message_received", Permission.SEND_MESSAGES)
        else:
            notices.to_requestor(record_request, "message_received")
