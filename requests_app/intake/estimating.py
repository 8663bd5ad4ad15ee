"""What the requests of a draft will probably cost: reckoned anew each time, kept as quotes once approved."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from billing.fees import FeeRefused
from billing.models import Edition, Quote
from billing.quoting import Reckoned, estimated_pages
from chartrequest.days import business_day
from requests_app import quoting
from requests_app.intake import history
from requests_app.intake.draft import DETAILS, Draft
from requests_app.intake.editing import editing
from requests_app.intake.history import Usual
from requests_app.models import RecordRequest


@dataclass(frozen=True)
class Estimate:
    """One custodian's part. `reckoned` is None where no price can be told yet; `why_not` then says why.

    Where the custodian has a history, `usual` holds its page counts, and `low` and `high` are what they would cost.
    """

    record_request: object
    reckoned: Reckoned | None
    pages: int
    why_not: str = ""
    usual: Usual | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_range(self):
        return self.low is not None and self.low != self.high


def estimates(draft):
    """The estimate of each request of a draft whose details are given."""
    specified = [one for one in draft.record_requests if one.is_specified]
    book = Edition.objects.book_on(business_day()) if specified else None
    known = history.usual(specified)
    return [_estimate(one, book, known.get(history.key_of(one))) for one in specified]


def total(found):
    """USD, the sum of what could be estimated."""
    return sum((one.reckoned.total for one in found if one.reckoned), Decimal("0.00"))


def approve(batch, *, by, seen):
    """Keep the estimates as quotes and mark them as approved. `seen`: the total that was shown, as text.

    Raises MoveRefused where the total is another one by now, or the details aren't complete.
    """
    with editing(batch) as held:
        draft = Draft(held)
        if not draft.is_done[DETAILS]:
            raise MoveRefused(_("Please make request specifications for all the providers"))
        found = estimates(draft)
        if str(total(found)) != seen:
            raise MoveRefused(_("The estimate has changed since you saw it. Please look at it again."))
        for one in found:
            _keep(one, by=by)
            if not held.estimate_approved_at:
                terms = quoting.terms_of_today(one.record_request)
                RecordRequest.objects.filter(pk=one.record_request.pk).update(agreed_terms=terms)
        held.estimate_approved_at = timezone.now()
        held.save(update_fields=["estimate_approved_at", "updated_at"])


def total_range(found):
    """The sums of the lower and of the upper ends, in USD; None where no part has a range."""
    if not any(one.is_range for one in found):
        return None
    priced = [one for one in found if one.reckoned]
    low = sum((one.low if one.is_range else one.reckoned.total for one in priced), Decimal("0.00"))
    return low, sum((one.high if one.is_range else one.reckoned.total for one in priced), Decimal("0.00"))


def _estimate(record_request, book, usual):
    pages = usual.median if usual else estimated_pages(record_request.record_types)
    try:
        reckoned = quoting.reckon(record_request, pages=pages, book=book)
        if usual is None:
            return Estimate(record_request, reckoned, pages)
        low, high = (
            quoting.reckon(record_request, pages=ends, book=book).total for ends in (usual.low, usual.high)
        )
    except FeeRefused as refusal:
        return Estimate(record_request, None, pages, why_not=str(refusal))
    # What was said is kept with the quote, beside the facts that its total rests on.
    told = {"low": str(low), "high": str(high), "releases": usual.count}
    reckoned = replace(reckoned, facts=reckoned.facts | {"usual": told})
    return Estimate(record_request, reckoned, pages, usual=usual, low=low, high=high)


def _keep(estimate, *, by):
    if estimate.reckoned:
        Quote.keep(estimate.record_request, Quote.Kind.ESTIMATE, estimate.reckoned)
        estimate.record_request.record("estimate_approved", by=by, total=str(estimate.reckoned.total))
