""" "Reopen Request": what time has canceled is taken up again, for a fee that is shown first (product 1.10)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from billing import cancellation
from billing.models import Invoice, Quote
from requests_app import quoting, readiness, turnaround
from requests_app.access import with_record_request
from requests_app.clocks import Why
from requests_app.models import State
from requests_app.refusing import refused_to


class FeeChanged(MoveRefused):
    """The tariff changed between the page and the click."""


def fee(record_request):
    """What reopening costs today: a `Reckoned` of billing, 0 for patients and care coordination.

    Also for a delivery that is to be completed free of charge (product 1.12).
    """
    free = quoting.completes_a_delivery(record_request)
    return free or cancellation.reckon_reopening(requestor_class=record_request.requestor_class)


@transaction.atomic
def reopen(record_request, *, by, agreed):
    """Reopen it for the `agreed` fee in USD, which is invoiced; raises MoveRefused where it costs something else.

    What its cancellation cost stays owed.
    """
    row = record_request.locked()
    _refuse_what_can_t_be(row)
    reckoned = fee(row)
    if str(reckoned.total) != agreed:
        raise FeeChanged(_("The fee changed while you were looking. Nothing was reopened: look again."))
    record_request.reopen(by=by, fee=str(reckoned.total))
    if reckoned.total:
        quote = Quote.keep(record_request, Quote.Kind.REOPENING, reckoned)
        Invoice.issue(quote, record_request.organization, turnaround.payment_due_on())


def may_be_reopened(record_request):
    """Whether "Reopen Request" is shown."""
    return record_request.state == State.CANCELED and not readiness.missing_to_reopen(record_request)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("reopen")
@refused_to("record_request")
def reopen_request(request, record_request):
    """Show the fee and what stays owed; on a second, deliberate click reopen it."""
    if request.method == "POST":
        try:
            reopen(record_request, by=request.member, agreed=request.POST.get("agreed", ""))
        except FeeChanged as changed:
            messages.error(request, str(changed))
            return redirect("reopen_request", record_request.public_id)
        messages.success(request, _("Request %(id)s is with the practice again.") % {"id": record_request})
        return redirect(record_request)
    _refuse_what_can_t_be(record_request)
    context = {
        "record_request": record_request,
        "fee": fee(record_request),
        "owed": record_request.invoices.open().order_by("id"),
        "reason": record_request.get_incomplete_reason_display() if _was_sent_back(record_request) else "",
    }
    return render(request, "requests_app/tracking/reopen.html", context)


def _was_sent_back(record_request):
    """It was canceled while it waited for a correction, which it still lacks."""
    return record_request.swept == Why.UNCORRECTED


def _refuse_what_can_t_be(record_request):
    if record_request.state != State.CANCELED:
        raise MoveRefused(record_request.why_not("reopen"))
    if missing := readiness.missing_to_reopen(record_request):
        raise MoveRefused(" ".join(missing))
