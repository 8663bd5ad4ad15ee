"""C and G of trust.md for requests: what a state promises is there, and nothing stays in passing."""

from datetime import timedelta

from django.utils import timezone

from billing.models import Quote
from chartrequest.days import business_day
from requests_app import clocks, readiness
from requests_app.authorizations import invariants as signatures
from requests_app.models import Outcome, RecordRequest, State

LONGEST_DELIVERY = timedelta(hours=24)
LONGEST_UNSWEPT_DAYS = 2


def violations():
    """Sentences, one for each thing that is not as it must be."""
    requests = RecordRequest.objects.select_related("release").order_by("pk")
    for one in requests.filter(state=State.COMPLETED).iterator(chunk_size=500):
        release = getattr(one, "release", None)
        if release is None:
            yield f"C: request {one} is completed without a release"
        elif release.pages != one.page_count:
            yield f"C: request {one} was priced for {one.page_count} pages and released with {release.pages}"
    letters = Outcome.objects.counting().filter(kind__in=["no_records", "denied"], document__isnull=True)
    for one in letters.filter(record_request__state=State.COMPLETED).select_related("record_request"):
        yield f"C: request {one.record_request} was answered by a letter that is not kept"
    priced = [State.PRICED, State.ORDERED, State.COMPLETED]
    for one in requests.filter(state__in=priced).exclude(invoices__kind=Quote.Kind.PRICE):
        yield f"C: request {one} is {one.get_state_display()} without an invoice"
    late = timezone.now() - LONGEST_DELIVERY
    for one in requests.filter(state=State.ORDERED, ordered_at__lt=late):
        if readiness.forbidden(one):  # stopped on purpose; ops have been told
            continue
        yield f"G: request {one} was ordered more than a day ago and is not delivered"
    for one in requests.filter(sweep_on__lt=clocks.after(business_day(), -LONGEST_UNSWEPT_DAYS)):
        yield f"G: request {one} was to be looked at by a sweep on {one.sweep_on:%m/%d/%Y}: does beat run?"
    for one in requests.filter(state=State.DRAFT, submitted_at__isnull=False):
        yield f"C: request {one} is a draft that was submitted"
    yield from signatures.violations()
