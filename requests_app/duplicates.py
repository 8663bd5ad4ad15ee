""" "You may have requested this already": the same organization's own earlier requests, before one more goes out.

The question is put once for each pair, when somebody submits (product 1.11); a request that waits for the patient's
signature was asked about then, and submits itself without another question.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from accounts.models import Organization
from audit.models import MoveRefused
from chartrequest.days import began, business_day
from requests_app.models import DuplicateAnswer, RecordRequest, State
from requests_app.spans import Span, asked_by, uncovered

WITHIN_DAYS = 90
ENDED = (State.CANCELED, State.ABANDONED)  # nothing comes of these: asking again is right
LAST_FOUR = 4


class MayBeDuplicate(MoveRefused):
    """Somebody has to say first whether an earlier request is enough."""


@dataclass(frozen=True)
class Question:
    """One request of a draft that may have been made already; `missing` are the days the `earlier` don't cover.

    `missing` is None where they cover everything, or leave several parts.
    """

    record_request: RecordRequest
    earlier: list
    missing: Span | None = None
    covers_all: bool = False

    @property
    def missing_in_words(self):
        """As the request would say it: "After 10/02/2026"."""
        dates, start, end = self.missing.dates
        return RecordRequest(dates=dates, dates_from=start, dates_to=end).dates_in_words


def questions(draft):
    """What must be answered before the requests of a draft can go out."""
    answered = set(
        DuplicateAnswer.objects.filter(
            record_request__in=[one.pk for one in draft.record_requests]
        ).values_list("record_request", "earlier")
    )
    found = _candidates(draft)
    asked = []
    for record_request in draft.record_requests:
        same = [one for one in found if _is_same(one, record_request)]
        if any((record_request.pk, one.pk) not in answered for one in same):
            asked.append(_question(record_request, same))
    return asked


def hold_others(organization_id):
    """Let two colleagues' submits of the same organization come one after the other: the second one is asked.

    Until the transaction ends; who only refers to the organization doesn't wait.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization_id)


def go_on(question, *, by):
    """Keep the answer that the request is wanted all the same, for each earlier one. Twice changes nothing."""
    for earlier in question.earlier:
        _answer, is_new = DuplicateAnswer.objects.get_or_create(
            record_request=question.record_request, earlier=earlier, defaults={"person_id": by.person_id}
        )
        if is_new:
            question.record_request.record("duplicate_kept", by=by, earlier=str(earlier))


def asked_since(now=None):
    """The moment from which on an earlier request counts: day 90 does, day 91 doesn't."""
    return began(business_day(now) - timedelta(days=WITHIN_DAYS))


def _candidates(draft):
    """The organization's own requests of the last 90 days to these custodians for somebody of that name."""
    batch, patient = draft.batch, draft.batch.patient
    since = asked_since()
    made = Q(submitted_at__gte=since) | Q(awaiting_signature=True, batch__submitted_at__gte=since)
    found = RecordRequest.objects.filter(
        made,
        organization=batch.organization_id,
        custodian__in=[one.custodian_id for one in draft.record_requests],
        patient__last_key=patient.last_key,
        patient__first_key__startswith=patient.first_key[:1],
    )
    found = found.exclude(state__in=ENDED).exclude(batch=batch)
    found = found.annotate(made_at=Coalesce("submitted_at", "batch__submitted_at"))
    found = found.select_related("patient", "batch").order_by("-id")
    return [one for one in found if is_same_person(one.patient, patient)]


def is_same_person(one, other):
    """The same birth date, or the same SSN. Sealed numbers can't be compared, so the few of that name are opened."""
    if one.birth_date == other.birth_date:
        return True
    theirs, ours = one.ssn, other.ssn
    if not theirs or not ours:
        return False
    if LAST_FOUR in (len(theirs), len(ours)):
        return theirs[-LAST_FOUR:] == ours[-LAST_FOUR:]
    return theirs == ours


def _is_same(earlier, record_request):
    if earlier.custodian_id != record_request.custodian_id or not record_request.is_specified:
        return False
    theirs = _covers(earlier)
    return theirs is not None and theirs.overlaps(asked_by(record_request))


def _covers(earlier):
    """The days of an earlier request; what it leaves open ends on the day it was answered."""
    until = business_day(earlier.priced_at) if earlier.priced_at else date.max
    return asked_by(earlier, until=until)


def _question(record_request, same):
    wanted = asked_by(record_request)
    whole = [one for one in same if set(record_request.record_types) <= set(one.record_types)]
    left = uncovered(wanted, [_covers(one) for one in whole])
    left = [span for span in left if span.start <= business_day()]  # nobody can ask for days to come
    missing = left[0] if len(left) == 1 and left[0] != wanted else None
    return Question(record_request, same, missing, covers_all=not left)
