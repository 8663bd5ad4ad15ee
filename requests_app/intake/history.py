"""What a custodian's own releases tell of one to come: how many pages the middle half of them had."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles

from django.utils import timezone

from requests_app.models import RecordRequest
from requests_app.models.batch import REQUESTOR_CLASS

# Fewer say nothing about the next one, and too much about themselves.
FEWEST = 5
NEWEST = 200
LOOKS_BACK = timedelta(days=730)
# Rows read for all custodians of one estimate together.
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Usual:
    """The middle half of the page counts of `count` releases, and their median."""

    low: int
    median: int
    high: int
    count: int


def usual(record_requests):
    """`{custodian id, record types as a tuple: Usual}` for those asked for, in one query.

    Of priced requests of the same class of requestor, made in the last two years; no key where there are too few.
    """
    asked = list(record_requests)
    if not asked:
        return {}
    counts = {}
    for custodian_id, types, pages in _rows(asked):
        kept = counts.setdefault((custodian_id, tuple(sorted(types))), [])
        if len(kept) < NEWEST:
            kept.append(pages)
    return {key: _middle(pages) for key, pages in counts.items() if len(pages) >= FEWEST}


def key_of(record_request):
    return record_request.custodian_id, tuple(sorted(record_request.record_types))


def _rows(asked):
    same_class = [kind for kind, named in REQUESTOR_CLASS.items() if named == asked[0].batch.requestor_class]
    priced = RecordRequest.objects.filter(
        custodian__in={one.custodian_id for one in asked},
        organization__kind__in=same_class,
        priced_at__gte=timezone.now() - LOOKS_BACK,
        page_count__gt=0,
    )
    columns = priced.order_by("-priced_at").values_list("custodian_id", "record_types", "page_count")
    return columns[:MOST_ROWS]


def _middle(pages):
    low, median, high = quantiles(pages, n=4, method="inclusive")
    return Usual(round(low), round(median), round(high), len(pages))
