"""The Clinical Reviewer's sign-off: given when all else of the review is done, gone when the pages change."""

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused, NotPermitted
from requests_app import clinical, permissions, readiness
from requests_app.models import State
from requests_app.processing.holding import held


def sign_off(record_request, *, by, done):
    """Give the sign-off, or take it back. Doing it twice changes nothing.

    Raises NotPermitted for anybody but the Clinical Reviewer, MoveRefused while pages or the checklist wait.
    """
    with held(record_request, by=by, allowed=permissions.can_review, states=[State.QA]) as row:
        reviewer = clinical.reviewer_of(row.custodian_organization)
        if reviewer is None:
            raise MoveRefused(_("Your practice has no Clinical Reviewer now, so no sign-off is needed."))
        if reviewer.pk != getattr(by, "pk", None):
            raise NotPermitted
        if clinical.is_signed_off(row) == done:
            return
        if done and (left := readiness.unreviewed_by_anyone(row)):
            raise MoveRefused(" ".join(left))
        _write(row, by if done else None)
        row.record("signed_off" if done else "sign_off_taken_back", by=by)


def lift(row, *, by):
    """What was signed off has changed: it needs another look. `row` is the held request."""
    if clinical.is_signed_off(row):
        _write(row, None)
        row.record("sign_off_lifted", by=by)


def _write(row, member):
    row.clinically_reviewed_by_id = member.person_id if member else None
    row.clinically_reviewed_at = timezone.now() if member else None
    row.save(update_fields=["clinically_reviewed_by", "clinically_reviewed_at"])
