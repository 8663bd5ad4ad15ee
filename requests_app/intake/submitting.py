""" "Submit Request": every request of a draft goes its way, or none does (product 1.4, 5.5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from requests_app import duplicates, readiness
from requests_app.authorizations.sending import send_invitations
from requests_app.intake.draft import Draft


def submit(batch, *, by):
    """Submit the complete requests, hold those that wait for the patient's signature; returns whether it did.

    A batch that was submitted before is left as it is: a second click submits nothing twice. Raises
    MoveRefused with all that is missing, and MayBeDuplicate where an earlier request asks for the same and
    nobody has said yet that this one is wanted too; then nothing was submitted.
    """
    with transaction.atomic():
        held = batch.locked()
        if held.submitted_at:
            return False
        draft = Draft(held)
        _refuse_unfinished(draft)
        _refuse_duplicates(draft)
        held.submitted_at = timezone.now()
        held.save(update_fields=["submitted_at", "updated_at"])
        waiting = [one for one in draft.record_requests if not one.paper.is_given]
        for record_request in draft.record_requests:
            if record_request in waiting:
                _hold(record_request, by=by)
            else:
                record_request.submit(by=by)
        if waiting:
            send_invitations(held, by=by)
    return True


def _hold(record_request, *, by):
    missing = readiness.missing_besides_authorization(record_request)
    if missing:
        raise MoveRefused(" ".join(missing))
    record_request.hold_for_signature(by=by)


def _refuse_unfinished(draft):
    missing = [str(step.label) for step in draft.steps() if not step.is_done]
    if missing:
        raise MoveRefused(_("Finish these steps first: %(steps)s.") % {"steps": ", ".join(missing)})


def _refuse_duplicates(draft):
    duplicates.hold_others(draft.batch.organization_id)
    if duplicates.questions(draft):
        raise duplicates.MayBeDuplicate(_("You may have requested this already"))
