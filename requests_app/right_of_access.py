"""The legal clock of a patient's own request: 45 CFR 164.524(b)(2), product 1.13.

It is answered within 30 calendar days of its receipt, with one extension of 30 that the patient is told of in writing
within the first 30. The clock does not stop while the request waits for a payment or a correction.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chartrequest.days import business_day
from requests_app.clocks import after
from requests_app.models.states import OPEN

DAYS = 30
CITATION = "45 CFR 164.524(b)(2)"
LONGEST_WHY = 500


def runs(record_request):
    """Whether it is a patient's own request that waits for its answer."""
    return record_request.organization.is_household and record_request.state in OPEN


def is_extended(record_request):
    """Whether the one extension is taken. One of before the request was reopened doesn't count any more."""
    return record_request.extended_on is not None and record_request.extended_on >= _received_on(
        record_request
    )


def answer_by(record_request):
    """The last day on which an answer is in time, by the law."""
    return after(_received_on(record_request), 2 * DAYS if is_extended(record_request) else DAYS)


def answer_by_if_extended(record_request):
    return after(_received_on(record_request), 2 * DAYS)


def why_not_extended(record_request):
    """Why the practice can't take the extension, in a sentence; empty where it can."""
    if not runs(record_request):
        return _("Only a patient's own request that waits for its answer can be extended.")
    if is_extended(record_request):
        return _("It was extended already; the law allows that once.")
    if business_day() > answer_by(record_request):
        said = {"day": date_format(answer_by(record_request), "M j, Y")}
        return _("It could be extended until %(day)s, within the first 30 days. That day is over.") % said
    return ""


def in_words(record_request):
    """Until when the law wants an answer, as sentences for both sides; empty where its clock does not run."""
    if not runs(record_request):
        return ""
    said = {
        "day": date_format(answer_by(record_request), "M j, Y"),
        "practice": record_request.custodian.name,
        "why": record_request.extended_why,
    }
    if business_day() > answer_by(record_request):
        return _("By law it had to be answered by %(day)s.") % said
    if is_extended(record_request):
        extended = _(
            "%(practice)s took the one extension that the law allows, and answers by %(day)s: “%(why)s”"
        )
        return extended % said
    return _("By law it is answered by %(day)s at the latest.") % said


def _received_on(record_request):
    return business_day(record_request.reopened_at or record_request.submitted_at)
