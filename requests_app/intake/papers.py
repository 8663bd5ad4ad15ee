"""The authorization of each request: uploaded, shared among custodians, or to be signed by the patient."""

from django.utils import timezone

from documents.intake import take_in
from documents.models import Use
from requests_app.models import Authorization, SigningInvitation, State


def allowed_use(batch):
    """Patients may give pictures and PDFs, professionals also office files (product 5.9)."""
    return Use.PATIENT_AUTHORIZATION if batch.organization.is_household else Use.AUTHORIZATION


def read(file, batch, *, by):
    """Check and keep the file, before anything is locked: it can take seconds. Raises FileRefused."""
    return take_in(file, use=allowed_use(batch), by=by)


def give(record_request, *, by, kind, document):
    """Make `document` the authorization that counts."""
    _put(record_request, kind=kind, document=document)
    record_request.record("authorization_given", by=by, kind=kind)


def ask_patient(record_request, *, by, email, phone):
    """Note where the patient will be sent the authorization to sign; it is sent by "Submit Request"."""
    kind = Authorization.Kind.E_AUTHORIZATION
    _put(record_request, kind=kind, patient_email=email, patient_phone=phone)
    record_request.record("authorization_asked", by=by)


def share(source, record_requests, *, by):
    """Use the paper of one request for those that have none; returns how many that were."""
    paper, count = source.paper, 0
    for record_request in record_requests:
        if record_request.paper is None:
            _put(
                record_request,
                kind=paper.kind,
                document=paper.document,
                patient_email=paper.patient_email,
                patient_phone=paper.patient_phone,
            )
            record_request.record("authorization_given", by=by, kind=paper.kind)
            count += 1
    return count


def withdraw(record_request):
    """Take the authorization of a draft away; its file goes too, unless another request uses it."""
    for authorization in list(record_request.authorizations.select_related("document")):
        document = authorization.document
        authorization.delete()
        if document and not Authorization.objects.filter(document=document).exists():
            document.delete()


def _put(record_request, **said):
    """A draft's paper is replaced without a trace; one that somebody outside has seen is kept."""
    if record_request.state == State.DRAFT and not record_request.awaiting_signature:
        withdraw(record_request)
    else:
        record_request.authorizations.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
        _close_idle_invitations(record_request.batch_id)
    return Authorization.objects.create(record_request=record_request, **said)


def _close_idle_invitations(batch_id):
    """A link that no request waits for any more opens nothing."""
    needed = Authorization.objects.filter(replaced_at__isnull=True, invitation__isnull=False)
    idle = SigningInvitation.objects.filter(batch=batch_id, signed_at__isnull=True, withdrawn_at__isnull=True)
    idle.exclude(pk__in=needed.values("invitation")).update(withdrawn_at=timezone.now())
