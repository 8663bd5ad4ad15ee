"""Who is told of which move (product 9.2). A notice holds the ID and a link, never health information."""

from accounts.models import Member, Permission
from correspondence.models import Notice
from requests_app import clinical

TO_CUSTODIAN = {
    "submit": ("request_received", Permission.UPLOAD_RECORDS),
    "resubmit": ("request_corrected", Permission.UPLOAD_RECORDS),
    "cancel": ("request_withdrawn", Permission.UPLOAD_RECORDS),
    "abandon": ("request_withdrawn", Permission.UPLOAD_RECORDS),
    "revoke": ("authorization_revoked", Permission.UPLOAD_RECORDS),
}
TO_REQUESTOR = {
    "submit": "request_submitted",
    "mark_incomplete": "request_incomplete",
    "price": "request_priced",
    "order": "payment_received",
    "complete": "records_ready",
    "cancel": "request_canceled",
    "abandon": "request_abandoned",
    "revoke": "authorization_revoked",
}


def tell(record_request, move):
    """Owe the notices of one move; written in the move's transaction, sent after it."""
    if move in TO_REQUESTOR:
        to_requestor(record_request, TO_REQUESTOR[move])
    if move in TO_CUSTODIAN:
        to_custodian(record_request, *TO_CUSTODIAN[move])


def to_requestor(record_request, event):
    """Whoever began the request; where they left the organization, all who may ask in its name."""
    owner = record_request.batch.owner
    members = Member.objects.active().filter(organization=record_request.organization_id)
    if members.filter(person=owner).exists():
        _owe([owner], event, record_request)
    else:
        heirs = Member.objects.who_may(Permission.MAKE_REQUESTS, record_request.organization)
        _owe([member.person for member in heirs], event, record_request)


def to_custodian(record_request, event, permission):
    organization = record_request.custodian_organization
    if organization:
        members = Member.objects.who_may(permission, organization)
        _owe([member.person for member in members], event, record_request)


def to_reviewer(record_request, *, by):
    """The practice's Clinical Reviewer, unless they began the review themselves."""
    reviewer = clinical.reviewer_of(record_request.custodian_organization)
    if reviewer and reviewer.person_id != by.actor.person_id:
        _owe([reviewer.person], "request_to_review", record_request)


def _owe(people, event, record_request):
    path = record_request.get_absolute_url()
    Notice.objects.to_people(people, event, reference=str(record_request), path=path)
