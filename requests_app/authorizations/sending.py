"""The links that patients get: sent, sent again, withdrawn. Who asks decides; the patient need not answer."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from correspondence.models import Notice
from requests_app.authorizations.holding import hold
from requests_app.models import Authorization, SigningInvitation, State

BETWEEN_LINKS = timedelta(minutes=1)


def send_invitations(batch, *, by):
    """Send the patient one link for each distinct pair of email and phone; returns the invitations.

    Call it in the transaction that holds the batch. Requests that were invited before get no second link.
    """
    return [
        _send(batch, email, phone, authorizations, by=by)
        for (email, phone), authorizations in _uninvited(batch).items()
    ]


def _uninvited(batch):
    waiting = Authorization.objects.counting().filter(
        record_request__batch=batch, record_request__state=State.DRAFT, invitation=None, document=None
    )
    found = {}
    for authorization in waiting.select_related("record_request").order_by("record_request_id"):
        if authorization.is_for_patient:
            address = authorization.patient_email.lower(), str(authorization.patient_phone)
            found.setdefault(address, []).append(authorization)
    return found


def _send(batch, email, phone, authorizations, *, by):
    invitation, token = SigningInvitation.issue(batch, email=email, phone=phone)
    for authorization in authorizations:
        authorization.invitation = invitation
        authorization.save(update_fields=["invitation"])
        authorization.record_request.record("invitation_sent", by=by, link=invitation.pk)
    _owe(invitation, token)
    return invitation


@transaction.atomic
def send_again(invitation, *, by, email, phone):
    """A fresh link to these addresses; the one before opens nothing any more.

    Raises MoveRefused once it was signed, less than a minute after the last one, or when no request waits for it.
    """
    row, requests = hold(invitation)
    waiting = _still_waiting(row, requests)
    if row.sent_at and not row.withdrawn_at and timezone.now() < row.sent_at + BETWEEN_LINKS:
        raise MoveRefused(_("A link went out less than a minute ago. Give it a moment to arrive."))
    token = row.renew(email=email.lower(), phone=phone)
    row.authorizations.counting().filter(record_request__in=waiting).update(
        patient_email=row.email, patient_phone=row.phone
    )
    for record_request in waiting:
        record_request.record("invitation_sent", by=by, link=row.pk)
    _owe(row, token)


@transaction.atomic
def withdraw(invitation, *, by):
    """Close the link. Its requests stay drafts: they take an uploaded authorization, or another link.

    Raises MoveRefused once it was signed. Doing it twice changes nothing.
    """
    row, requests = hold(invitation)
    waiting = _still_waiting(row, requests)
    if row.withdrawn_at:
        return
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    for record_request in waiting:
        record_request.record("invitation_withdrawn", by=by, link=row.pk)


def _still_waiting(row, requests):
    if row.signed_at:
        raise MoveRefused(_("The patient signed meanwhile. Nothing was changed."))
    counting = set(row.authorizations.counting().values_list("record_request_id", flat=True))
    waiting = [one for one in requests if one.pk in counting and one.state == State.DRAFT]
    if not waiting:
        raise MoveRefused(_("No request waits for this signature any more. Nothing was changed."))
    return waiting


def _owe(invitation, token):
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    said = {
        "secret_path": reverse("sign", args=[token]),
        "on_behalf_of": invitation.batch.organization.public_name,
        "reference": invitation.reference,
        "language": invitation.language,
    }
    if invitation.email:
        Notice.objects.owe_secret("sign_invitation", Notice.Channel.EMAIL, invitation.email, **said)
    if invitation.phone:
        Notice.objects.owe_secret("sign_invitation_text", Notice.Channel.TEXT, invitation.phone, **said)
