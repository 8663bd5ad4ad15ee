"""A request on one page, for both of its sides: status, progress, details, messages, activity, payment, records."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app import permissions, telling, viewing
from requests_app.access import with_record_request
from requests_app.models import EarlierDelivery, State
from requests_app.models.verbs import BEFORE_PAYMENT
from requests_app.processing import desk
from requests_app.receipt import receipt
from requests_app.standing import standing
from requests_app.tracking import asking_again, progress, reopening
from requests_app.tracking.forms import MessageForm
from requests_app.tracking.paying.approving import may_approve
from requests_app.tracking.refunding.shown import back

NEWEST = 8
NEWEST_MESSAGES = 50


@require_safe
@with_record_request(
    related=("batch__card", "assigned_to", "organization", "custodian_organization", "release__document")
)
def record_request(request, record_request):
    """The page of one request. Drafts are opened in the wizard, where they can be finished."""
    shown = context(request, record_request)
    if request.method == "GET":
        viewing.note(record_request, request.member, among=shown["history"].entries)
        _mark_read(record_request, request.member, shown["thread_messages"])
    return render(request, "requests_app/tracking/request.html", shown)


def context(request, record_request, *, message_form=None):
    """What the page shows, also when a form on it comes back with errors."""
    member = request.member
    is_requestor = member.organization_id == record_request.organization_id
    authorization = record_request.authorization
    everything = request.GET.get("activity") == "all"
    _fetch_deliveries(record_request)
    money = _money(record_request, member)
    history = telling.History(record_request, newest=None if everything else NEWEST)
    return {
        "record_request": record_request,
        "is_requestor": is_requestor,
        "is_custodian": not is_requestor,
        "may_ask": is_requestor and permissions.can_ask(member, record_request),
        "may_message": record_request.submitted_at and permissions.can_message(member, record_request),
        "standing": standing(record_request, member),
        "steps": progress.steps(record_request),
        "authorization": authorization,
        "services": list(record_request.services.all()),
        "message_form": message_form or MessageForm(),
        "release": getattr(record_request, "release", None) if record_request.completed_at else None,
        "can_be_reopened": is_requestor and reopening.may_be_reopened(record_request),
        "can_be_asked_again": is_requestor and record_request.state in asking_again.FROM,
        "can_be_abandoned": is_requestor and record_request.state in BEFORE_PAYMENT,
        **_conversation(request, record_request),
        "history": history,
        **money,
        **_delivered(record_request, money["quotes"]),
        **(
            {}
            if is_requestor
            else desk.context(
                record_request, member, authorization=authorization, rejections=history.rejections
            )
        ),
    }


def _fetch_deliveries(record_request):
    """Once for all parts of the page; a request that was never priced or reopened has none."""
    if record_request.priced_at:
        prefetch_related_objects([record_request], "outcomes")
    if record_request.reopened_at:
        earlier = EarlierDelivery.objects.select_related("reported_by")
        prefetch_related_objects([record_request], Prefetch("earlier_deliveries", queryset=earlier))


def _delivered(record_request, quotes):
    """What came of it, beside the release itself: how it was answered, and what was delivered before."""
    is_completed = record_request.state == State.COMPLETED
    release = getattr(record_request, "release", None) if is_completed else None
    outcome = record_request.outcome
    return {
        "outcome": outcome if outcome and outcome.kind != outcome.Kind.FULL else None,
        "receipt": receipt(record_request, pages=release.pages, quotes=quotes) if release else None,
        "earlier_deliveries": record_request.earlier_deliveries.all() if record_request.reopened_at else [],
    }


def _conversation(request, record_request):
    """The newest messages, oldest of them first, or all."""
    messages = record_request.thread.messages.order_by("-sent_at", "-id")
    if request.GET.get("messages") == "all":
        return {"thread_messages": list(reversed(messages)), "has_earlier_messages": False}
    newest = list(messages[: NEWEST_MESSAGES + 1])
    return {
        "thread_messages": newest[NEWEST_MESSAGES - 1 :: -1],
        "has_earlier_messages": len(newest) > NEWEST_MESSAGES,
    }


def _mark_read(record_request, member, messages):
    """What was shown is read; nothing needs a mark where the other side didn't speak last."""
    if messages and messages[-1].organization_id != member.organization_id:
        record_request.thread.mark_read(member.person, messages[-1].sent_at)


def _money(record_request, member):
    """The newest estimate, the newest invoice that isn't void, what it asks for, and how it is paid.

    `owed` are the open invoices beside it: of a reopened request, what its cancellation cost (product 1.10).
    """
    quotes = list(record_request.quotes.select_related("invoice").order_by("-id"))
    estimate = next((quote for quote in quotes if quote.kind == quote.Kind.ESTIMATE), None)
    asked = [quote for quote in quotes if hasattr(quote, "invoice") and not quote.invoice.voided_at]
    quote = max(asked, key=lambda quote: quote.invoice.pk, default=None)
    owed = [one.invoice for one in asked if one is not quote and one.invoice.is_open]
    invoice = quote.invoice if quote else None
    is_open = invoice is not None and invoice.is_open
    return {
        "quotes": quotes,
        "invoice": invoice,
        "estimate": estimate,
        "quote": quote,
        "owed": owed,
        "may_approve": is_open and may_approve(member, record_request, invoice),
        "method_changes": record_request.state in BEFORE_PAYMENT or record_request.awaiting_signature,
        **back(record_request, [one.invoice for one in asked]),
    }
