""" "Make a new request from it": a draft that asks for the same, to be looked at and submitted (product 1.10)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.models import MoveRefused
from billing.models import Card
from requests_app import permissions
from requests_app.access import with_record_request
from requests_app.intake import choosing, papers, specifying
from requests_app.intake.draft import Draft
from requests_app.models import Batch, State
from requests_app.refusing import refused_to

FROM = (State.CANCELED, State.ABANDONED, State.COMPLETED)
KEPT = ("case_number", "delivery", "return_fax", "reasons", "comment")


@transaction.atomic
def draft_like(record_request, *, by):
    """A new draft with the same patient, custodian, record types, dates, services and reasons; returns its batch.

    An uploaded authorization goes along while it is in force. One that the patient signed by link was signed for the
    old request alone, so it does not; the estimate is approved anew, and a card only where `by` may use it. Raises
    MoveRefused where the request has not ended, or nobody answers for the custodian now.
    """
    if record_request.state not in FROM:
        raise MoveRefused(_("This has not ended. A new request can be made from it once it has."))
    batch = _batch_like(record_request, by)
    choosing.choose(batch, record_request.custodian, by=by)
    (draft,) = Draft(batch).record_requests
    if record_request.is_specified:
        wish, _left = specifying.wish_of(record_request).for_custodian(draft.custodian)
        specifying.specify(draft, wish, by=by)
    paper = record_request.authorization
    if paper and paper.document_id and not (paper.is_signed_here or paper.revoked_at or paper.is_expired):
        papers.give(draft, by=by, kind=paper.kind, document=paper.document)
    return batch


def _batch_like(record_request, by):
    old, patient = record_request.batch, record_request.patient
    known = {name: getattr(patient, name) for name in ("first_name", "last_name", "birth_date")}
    card = old.card if old.card and Card.objects.usable_by(by).filter(pk=old.card_id).exists() else None
    pay_by = "" if old.pay_by == Batch.PayBy.CARD and card is None else old.pay_by
    return Batch.objects.create(
        organization=by.organization,
        owner=by.person,
        patient=patient.corrected(**known),
        pay_by=pay_by,
        card=card,
        **{name: getattr(old, name) for name in KEPT},
    )


@require_POST
@with_record_request(allowed=permissions.can_ask)
@refused_to("record_request")
def ask_again(request, record_request):
    """One click: the draft is there, and opens at what is still to be done."""
    batch = draft_like(record_request, by=request.member)
    messages.success(
        request,
        _("A new draft like request %(id)s. Check each step, then submit it.") % {"id": record_request},
    )
    return redirect(Draft(batch).next_url)
