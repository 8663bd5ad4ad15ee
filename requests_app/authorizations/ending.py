"""An authorization ends: its signer takes it back, or its year is over. What was not delivered yet, stops."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import outbox
from accounts.models import Permission
from audit.actors import SYSTEM
from audit.models import Activity, MoveRefused
from billing.models import Invoice
from correspondence.models import Notice
from outbox.queue import enqueue
from requests_app import notices, readiness
from requests_app.authorizations.holding import hold
from requests_app.authorizations.signing import signer_of
from requests_app.models import RecordRequest, State

TURNED_BACK = (State.PENDING, State.QA)
LATER = timedelta(minutes=1)


@transaction.atomic
def revoke(invitation):
    """The signer takes back what they signed by this link, for every custodian (45 CFR 164.508(b)(5)).

    Raises MoveRefused unless it is signed and not revoked. What was delivered before stays delivered.
    """
    row, _requests = hold(invitation)
    if row.standing != "signed":
        raise MoveRefused(_("There is nothing to take back, or it was taken back already."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    signed = row.authorizations.exclude(signed_sha256="").select_related("record_request__batch__owner")
    for authorization in signed.order_by("record_request_id"):
        authorization.revoked_at = row.revoked_at
        authorization.save(update_fields=["revoked_at"])
        _take_effect(authorization, by=signer_of(row))
    return row


def _take_effect(authorization, *, by):
    record_request, counts = authorization.record_request, authorization.replaced_at is None
    if counts and record_request.state in TURNED_BACK:
        record_request.revoke(by=by, link=authorization.invitation_id)
        return
    record_request.record("revoked", by=by, link=authorization.invitation_id)
    notices.to_requestor(record_request, "authorization_revoked")
    if record_request.submitted_at:
        notices.to_custodian(record_request, "authorization_revoked", Permission.UPLOAD_RECORDS)
    if counts and record_request.state == State.PRICED:
        # From Priced there is no way back to the requestor (product 1): it ends, and nothing is owed.
        record_request.abandon(by=SYSTEM)
        _withdraw_invoices(record_request, key=f"withdraw:{authorization.pk}")
    if counts and record_request.state == State.ORDERED:
        stop_delivery(record_request)


def stop_delivery(record_request):
    """Paid for, and may not go out: written down, and told to both sides and to ops, once."""
    with transaction.atomic():
        record_request.locked()
        if Activity.objects.of(record_request).filter(event="delivery_stopped").exists():
            return
        record_request.record("delivery_stopped", by=SYSTEM)
        notices.to_requestor(record_request, "release_stopped")
        notices.to_custodian(record_request, "release_stopped", Permission.UPLOAD_RECORDS)
        Notice.objects.owe(
            "release_stopped",
            Notice.Channel.EMAIL,
            settings.OPERATOR["email"],
            reference=str(record_request),
            path=reverse("admin:index"),
        )


def may_not_go_out(record_request):
    """Whether the authorization has ended; delivery asks before each step."""
    if not readiness.forbidden(record_request):
        return False
    stop_delivery(record_request)
    return True


def _withdraw_invoices(record_request, *, key):
    """Nothing is owed for what won't come. A card payment under way ends first, and is paid back."""
    try:
        with transaction.atomic():
            Invoice.objects.withdraw(record_request, by=SYSTEM)
    except MoveRefused:
        due_at = timezone.now() + LATER
        enqueue("requests.withdraw_invoices", key=key, due_at=due_at, record_request_id=record_request.pk)


@outbox.handler("requests.withdraw_invoices")
def withdraw_invoices(job, *, record_request_id):
    """Again, until no payment is under way."""
    with transaction.atomic():
        record_request = RecordRequest(pk=record_request_id).locked()
        if record_request.state == State.ABANDONED:
            Invoice.objects.withdraw(record_request, by=SYSTEM)
