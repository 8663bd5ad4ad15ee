"""How long a custodian usually takes: told where one is chosen, once there is a history (product 1.8)."""

from datetime import timedelta
from statistics import median_low

from django.utils import timezone

from chartrequest.days import business_day
from directory.models import Custodian
from requests_app.models import RecordRequest
from requests_app.turnaround import business_days_between

LATEST, LEAST = 50, 5
A_YEAR = timedelta(days=365)


def days_of(custodians):
    """`{custodian's id: business days}` from submission to price, by the median of its last 50 of a year.

    Rush requests aren't counted, and what was asked of a row that was merged into it is. Whoever has priced fewer than
    five is left out. Two queries, however many custodians.
    """
    stands_for = {one.pk: one.pk for one in custodians}
    stands_for |= dict(
        Custodian.objects.filter(merged_into__in=list(stands_for)).values_list("pk", "merged_into")
    )
    took = {}
    for request in _priced(stands_for):
        took.setdefault(stands_for[request.custodian_id], []).append(request)
    return {pk: _median(requests) for pk, requests in took.items() if len(requests) >= LEAST}


def _priced(ids):
    """The last ones of each, each by a walk along an index: a page of big custodians reads no more than it shows."""
    if not ids:
        return []
    table = RecordRequest._meta.db_table
    # Nothing that anybody typed is in this text: it goes by parameters.
    one = f"""select * from (
        select id, custodian_id, submitted_at, priced_at from {table}
        where custodian_id = %s and priced_at >= %s and submitted_at is not null and not is_rush
        order by priced_at desc limit {LATEST}
    ) as latest"""  # noqa: S608
    since = timezone.now() - A_YEAR
    parameters = [said for pk in ids for said in (pk, since)]
    return RecordRequest.objects.raw(" union all ".join([one] * len(ids)), parameters)


def _median(requests):
    latest = sorted(requests, key=lambda one: one.priced_at, reverse=True)[:LATEST]
    return median_low(
        business_days_between(business_day(one.submitted_at), business_day(one.priced_at)) for one in latest
    )
