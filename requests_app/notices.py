"""Who is told of which move (product 9.2). A notice holds the ID and a link, never health information."""

from collections import defaultdict

from django.conf import settings

from accounts.models import Member, Permission
from correspondence.models import Notice
from requests_app import clinical

TO_CUSTODIAN = {
    "submit": ("request_received", Permission.UPLOAD_RECORDS),
    "resubmit": ("request_corrected", Permission.UPLOAD_RECORDS),
    "cancel": ("request_withdrawn", Permission.UPLOAD_RECORDS),
    "abandon": ("request_withdrawn", Permission.UPLOAD_RECORDS),
    "revoke": ("authorization_revoked", Permission.UPLOAD_RECORDS),
    "reopen": ("request_taken_up", Permission.UPLOAD_RECORDS),
    # Ended by time: the move and its `clocks.Why`.
    "cancel:waited": ("request_lapsed", Permission.UPLOAD_RECORDS),
    "cancel:uncorrected": ("request_lapsed", Permission.UPLOAD_RECORDS),
    "abandon:unfulfilled": ("request_lapsed", Permission.UPLOAD_RECORDS),
    "abandon:undelivered": ("request_lapsed", Permission.UPLOAD_RECORDS),
    "report_missing": ("missing_reported", Permission.UPLOAD_RECORDS),
}
TO_REQUESTOR = {
    "submit": "request_submitted",
    "mark_incomplete": "request_incomplete",
    # That it is priced is told with how it is paid; see `charging`.
    "order": "payment_received",
    "complete": "records_ready",
    "cancel": "request_canceled",
    "abandon": "request_abandoned",
    "revoke": "authorization_revoked",
    "reopen": "request_reopened",
    "cancel:waited": "request_swept",
    "cancel:uncorrected": "request_swept",
    "abandon:unfulfilled": "request_unfulfilled",
    "abandon:undelivered": "request_undelivered",
}
# What a delivery is called where it isn't all that was asked for.
DELIVERED_AS = {"partial": "records_partly_ready", "no_records": "answer_ready", "denied": "answer_ready"}


def tell(moved):
    """Owe the notices of moves, pairs of a request and its move; written in their transaction, sent after it."""
    requestors, custodians = defaultdict(list), defaultdict(list)
    for record_request, move in moved:
        if event := _to_requestor(record_request, move):
            requestors[event].append((record_request, {}))
        if move in TO_CUSTODIAN:
            custodians[TO_CUSTODIAN[move]].append(record_request)
    for event, told in requestors.items():
        to_requestors(event, told)
    for (event, permission), told in custodians.items():
        to_custodians(event, told, permission)


def _to_requestor(record_request, move):
    """What the requestor is told of a move, or None: an answer by letter has no price, so it is told when it is out."""
    if move == "order" and record_request.is_answered_by_letter:
        return None
    if move == "complete" and (outcome := record_request.outcome):
        return DELIVERED_AS.get(outcome.kind, TO_REQUESTOR[move])
    return TO_REQUESTOR.get(move)


def to_requestor(record_request, event, **words):
    """Whoever began the request; where they left the organization, all who may ask in its name."""
    to_requestors(event, [(record_request, words)])


def to_requestors(event, told):
    """The same for several requests, each with its words; who is told is asked once for each owner."""
    known = {}
    for batch in (one.batch for one, _words in told):
        owner = batch.organization_id, batch.owner_id
        if owner not in known:
            known[owner] = askers(batch)
    _owe(
        event,
        [(known[one.batch.organization_id, one.batch.owner_id], one, words) for one, words in told],
    )


def askers(batch):
    """The people who are told what becomes of a batch."""
    return Member.objects.askers(batch.organization_id, batch.owner)


def to_custodian(record_request, event, permission):
    """Whoever may do something about it at the practice that was asked."""
    to_custodians(event, [record_request], permission)


def to_custodians(event, record_requests, permission):
    """The same for several requests; who is told is asked once for each practice."""
    asked = [one for one in record_requests if one.custodian_organization]
    practices = {one.custodian_organization_id: one.custodian_organization for one in asked}
    people = {
        key: [member.person for member in Member.objects.who_may(permission, practice)]
        for key, practice in practices.items()
    }
    _owe(event, [(people[one.custodian_organization_id], one, {}) for one in asked])


def to_reviewer(record_request, *, by):
    """The practice's Clinical Reviewer, unless they began the review themselves."""
    reviewer = clinical.reviewer_of(record_request.custodian_organization)
    if reviewer and reviewer.person_id != by.actor.person_id:
        _owe("request_to_review", [([reviewer.person], record_request, {})])


def to_ops(record_request, event, path):
    """The operator's own address."""
    address = settings.OPERATOR["email"]
    Notice.objects.owe(event, Notice.Channel.EMAIL, address, reference=str(record_request), path=path)


def _owe(event, told):
    Notice.objects.to_people_of(
        event,
        [
            (people, {"reference": str(one), "path": one.get_absolute_url()}, words)
            for people, one, words in told
        ],
    )
