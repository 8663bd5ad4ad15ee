"""The practice takes the one extension of a patient's own request, and says why (45 CFR 164.524(b)(2)(iii))."""

from audit.models import MoveRefused
from chartrequest.days import business_day
from requests_app import notices, permissions, right_of_access
from requests_app.models.states import OPEN
from requests_app.processing.holding import held


def extend(record_request, *, by, why):
    """30 days more; the patient reads `why` and the new day on the page of the request, and is told by email.

    Raises MoveRefused where it is no patient's own request, was extended already, or the first 30 days are over.
    """
    with held(record_request, by=by, allowed=permissions.can_price, states=OPEN) as row:
        if refusal := right_of_access.why_not_extended(row):
            raise MoveRefused(refusal)
        row.extended_on, row.extended_why = business_day(), why
        row.save(update_fields=["extended_on", "extended_why", "updated_at"])
        row.record("answer_extended", by=by, until=str(right_of_access.answer_by(row)))
        notices.to_requestor(row, "answer_extended")
