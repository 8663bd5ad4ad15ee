"""A request on one page, for both of its sides: status, progress, details, messages, activity, payment, records."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app import permissions, telling, viewing
from requests_app.access import with_record_request
from requests_app.models import State
from requests_app.processing import desk
from requests_app.standing import standing
from requests_app.tracking import progress
from requests_app.tracking.conversation import MessageForm

NEWEST = 8


@require_safe
@with_record_request(related=("batch__card", "assigned_to"))
def record_request(request, record_request):
    """The page of one request. Drafts are opened in the wizard, where they can be finished."""
    viewing.note(record_request, request.member)
    return render(request, "requests_app/tracking/request.html", context(request, record_request))


def context(request, record_request, *, message_form=None):
    """What the page shows, also when a form on it comes back with errors."""
    member = request.member
    is_requestor = member.organization_id == record_request.organization_id
    messages = list(record_request.thread.messages.all())
    if messages and messages[-1].organization_id != member.organization_id:
        record_request.thread.mark_read(member.person)
    everything = request.GET.get("activity") == "all"
    authorization = record_request.authorization
    return {
        "record_request": record_request,
        "is_requestor": is_requestor,
        "is_custodian": not is_requestor,
        "may_ask": is_requestor and permissions.can_ask(member, record_request),
        "may_message": permissions.can_message(member, record_request),
        "standing": standing(record_request, member),
        "steps": progress.steps(record_request),
        "authorization": authorization,
        "services": list(record_request.services.all()),
        "thread_messages": messages,
        "message_form": message_form or MessageForm(),
        "activity": telling.activity(record_request, newest=None if everything else NEWEST),
        "shows_all_activity": everything or record_request.activity_count <= NEWEST,
        "release": getattr(record_request, "release", None) if record_request.completed_at else None,
        "can_be_abandoned": is_requestor
        and record_request.state not in (State.DRAFT, State.ORDERED)
        and record_request.is_open,
        **_money(record_request),
        **({} if is_requestor else desk.context(record_request, member, authorization=authorization)),
    }


def _money(record_request):
    """The newest estimate, the newest invoice that isn't void, and what it asks for; in one query."""
    quotes = list(record_request.quotes.select_related("invoice").order_by("-id"))
    estimate = next((quote for quote in quotes if quote.kind == quote.Kind.ESTIMATE), None)
    asked = [quote for quote in quotes if hasattr(quote, "invoice") and not quote.invoice.voided_at]
    quote = max(asked, key=lambda quote: quote.invoice.pk, default=None)
    return {"invoice": quote.invoice if quote else None, "estimate": estimate, "quote": quote}
