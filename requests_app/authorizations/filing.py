"""The paper of a signature: the signed text and its certificate as PDF, kept; then the request submits itself."""

import io

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

import outbox
from audit.actors import SYSTEM
from audit.models import Activity, MoveRefused
from documents.intake import take_in
from documents.models import Use
from documents.render import pdf_from_template
from requests_app import notices
from requests_app.authorizations import terms
from requests_app.authorizations.signing import signer_of
from requests_app.models import Authorization, State

RELATED = ["invitation__batch__organization", "record_request__custodian", "record_request__batch__owner"]


class TextChanged(Exception):
    """The kept text is not the one that was signed."""


@outbox.handler("requests.file_signed")
def file_signed(job, *, authorization_id):
    """Make the PDF of one signed authorization, outside any lock, keep it, and submit its request."""
    authorization = Authorization.objects.select_related(*RELATED).get(pk=authorization_id)
    if authorization.document_id is not None:
        return
    name = f"authorization-{authorization.record_request}.pdf"
    document = take_in(io.BytesIO(pdf(authorization)), use=Use.AUTHORIZATION, by=SYSTEM, name=name)
    if not _keep(authorization, document):
        document.delete()


def pdf(authorization):
    """The signed text, then the certificate of how it was signed (product 11.5), as bytes."""
    clauses = terms.kept(authorization)
    if terms.sha256(clauses) != authorization.signed_sha256:
        raise TextChanged
    with translation.override(authorization.invitation.language):
        page = {
            "record_request": authorization.record_request,
            "clauses": clauses,
            "certificate": certificate(authorization),
        }
        return pdf_from_template("requests_app/authorizations/paper.html", page)


def certificate(authorization):
    """What was signed, by whom, when, from where and by which check: pairs of label and words."""
    link, record_request = authorization.invitation, authorization.record_request
    entry = Activity.objects.of(record_request).get(event="signed", details__link=link.pk)
    zone = link.batch.organization.zone
    return [
        (_("Document"), _("Authorization of request %(id)s") % {"id": record_request}),
        (_("SHA-256 of the signed text"), authorization.signed_sha256),
        (_("Signed by"), link.signer_name),
        (_("Capacity"), terms.right_to_sign(link)),
        (_("Initials"), link.initials),
        (_("Signed at (UTC)"), f"{link.signed_at:%Y-%m-%d %H:%M:%S} UTC"),
        (
            _("Signed at (local to the requestor)"),
            f"{link.signed_at.astimezone(zone):%m/%d/%Y %I:%M:%S %p %Z}",
        ),
        (_("From the address"), link.signed_from or _("unknown")),
        (_("With"), link.signed_with or _("unknown")),
        (_("Link"), _("No. %(number)s, sent %(when)s to %(where)s") % _sent(link)),
        (_("Identity check"), _("The patient's birth date, asked before anything was shown")),
        (_("Opened"), f"{link.opened_at:%Y-%m-%d %H:%M:%S} UTC" if link.opened_at else _("unknown")),
        (
            _("Consent"),
            _("Agreed to sign electronically (15 U.S.C. 7001), by a box that was not checked before"),
        ),
        (_("Entry in the activity"), _("No. %(number)s, hash %(hash)s") % _chained(entry)),
    ]


def masked(address):
    """An address that its owner knows again and nobody else learns: t•••@example.com, •••0143."""
    name, at, host = str(address).partition("@")
    return f"{name[:1]}•••@{host}" if at else f"•••{name[-4:]}"


def _sent(link):
    where = [masked(one) for one in (link.email, link.phone) if one]
    return {"number": link.pk, "when": f"{link.sent_at:%Y-%m-%d %H:%M} UTC", "where": ", ".join(where)}


def _chained(entry):
    return {"number": entry.sequence, "hash": entry.hash}


@transaction.atomic
def _keep(authorization, document):
    """Make `document` the paper; False where another worker was faster."""
    record_request = authorization.record_request.locked()
    row = Authorization.objects.select_for_update().get(pk=authorization.pk)
    if row.document_id is not None:
        return False
    row.document = document
    row.save(update_fields=["document"])
    record_request.record("authorization_filed", by=SYSTEM, sha256=document.sha256, link=row.invitation_id)
    if row.replaced_at is None and record_request.state == State.DRAFT and record_request.awaiting_signature:
        _submit(record_request, by=signer_of(authorization.invitation))
    return True


def _submit(record_request, *, by):
    """The request submits itself; where something else is missing by now its owner is told, and it stays."""
    try:
        with transaction.atomic():
            record_request.submit(by=by)
    except MoveRefused:
        notices.to_requestor(record_request, "authorization_signed")
