""" "Abandon Request": what it costs is shown first, and it costs what was shown (product 5.6, 7.6)."""

from collections import Counter
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from billing import cancellation
from billing.models import IncurredFee, Invoice, Quote
from chartrequest.days import business_day
from requests_app import quoting, turnaround
from requests_app.access import with_record_request
from requests_app.models import RecordPage, RecordRequest
from requests_app.models.verbs import BEFORE_PAYMENT
from requests_app.refusing import refused_to

NOTHING = Decimal("0.00")


class CostChanged(MoveRefused):
    """Something happened that makes ending the request cost something else than was shown."""


def cost(record_request):
    """What ending this request now would cost, line by line: a `Reckoned` of billing.

    What an earlier cancellation of a reopened request has billed is not billed again. Nothing where records were
    delivered and something was missing: what is done again is done for free.
    """
    (reckoned,) = costs([record_request])
    return reckoned


def costs(record_requests):
    """The `cost` of each, in their order."""
    incurred, pages = IncurredFee.objects.sums(record_requests), _pages_retrieved(record_requests)
    rates = cancellation.tariff(business_day())
    return [_cost(one, pages.get(one.pk, 0), incurred[one.pk], rates) for one in record_requests]


def _cost(record_request, pages, incurred, rates):
    if free := quoting.completes_a_delivery(record_request):
        return free
    billed = _billed_before(record_request) if record_request.reopened_at else Counter()
    return cancellation.reckon(
        requestor_class=record_request.requestor_class,
        pages=max(0, pages - billed["pages"]),
        rejections=max(0, record_request.rejections - billed["rejections"]),
        custodian=quoting.custodian_as_agreed(record_request),
        rates=rates,
        **{name: max(NOTHING, sum_ - billed[name]) for name, sum_ in incurred.items()},
    )


def _billed_before(record_request):
    billed = Counter()
    for quote in record_request.quotes.filter(kind=Quote.Kind.CANCELLATION):
        billed.update({name: quote.facts[name] for name in ("pages", "rejections")})
        billed.update({name: Decimal(quote.facts.get(name, 0)) for name in IncurredFee.Kind.values})
    return billed


@transaction.atomic
def end(record_request, *, by, agreed):
    """End the request for the `agreed` fee in USD; raises MoveRefused where it costs something else by now."""
    row = record_request.locked()
    if row.state not in BEFORE_PAYMENT:
        raise MoveRefused(row.why_not("cancel"))
    reckoned = cost(row)
    if str(reckoned.total) != agreed:
        raise CostChanged(_("The cost changed while you were looking. Nothing was canceled: look again."))
    _bill([(row, reckoned)], by=by)
    if reckoned.total:
        record_request.cancel(by=by, fee=str(reckoned.total))
    else:
        record_request.abandon(by=by)


@transaction.atomic
def lapse(record_request, *, by, swept):
    """Time ends the request (product 1.9): canceled at what that costs today, 0.00 for whoever pays nothing.

    `swept` is the `clocks.Why`. Raises MoveRefused where it can't be canceled any more, or a payment is under way.
    """
    lapse_each([(record_request.locked(), swept)], by=by)
    record_request.refresh_from_db()


def lapse_each(rows, *, by):
    """The same for several requests at once, each with its `swept`; they are locked and fresh."""
    reckoned = list(zip([row for row, _swept in rows], costs([row for row, _swept in rows]), strict=True))
    _bill(reckoned, by=by)
    RecordRequest.cancel.each(
        [
            (row, {"fee": str(one.total), "swept": swept})
            for (row, one), (_row, swept) in zip(reckoned, rows, strict=True)
        ],
        by=by,
    )


def _bill(reckoned, *, by):
    """The price of each request is owed no longer; the cost of ending it is, where there is one."""
    Invoice.objects.withdraw(*[row for row, _one in reckoned], by=by)
    costly = [(row, one) for row, one in reckoned if one.total]
    quotes = Quote.keep_each(Quote.Kind.CANCELLATION, costly)
    owed = [(quote, row.organization) for quote, (row, _one) in zip(quotes, costly, strict=True)]
    Invoice.issue_each(owed, turnaround.payment_due_on(), by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("cancel")
@refused_to("record_request")
def abandon_request(request, record_request):
    """Show the cost; on a second, deliberate click end the request."""
    if request.method == "POST":
        try:
            end(record_request, by=request.member, agreed=request.POST.get("agreed", ""))
        except CostChanged as changed:
            messages.error(request, str(changed))
            return redirect("abandon_request", record_request.public_id)
        messages.success(request, _("Request %(id)s is ended.") % {"id": record_request})
        return redirect(record_request)
    if record_request.state not in BEFORE_PAYMENT:
        raise MoveRefused(record_request.why_not("cancel"))
    price = record_request.invoices.open().filter(kind=Quote.Kind.PRICE).first()
    return render(
        request,
        "requests_app/tracking/abandon.html",
        {"record_request": record_request, "cost": cost(record_request), "price": price},
    )


def _pages_retrieved(record_requests):
    """`{request id: pages}` of those that have any."""
    pages = RecordPage.objects.kept().filter(record_request__in=record_requests)
    counted = pages.exclude(verdict=RecordPage.Verdict.REMOVED).values("record_request")
    return dict(counted.annotate(count=Count("pk")).values_list("record_request", "count"))
