"""Who may do what to a request. Verbs and views ask here, and nowhere else."""

from accounts.models import Permission
from audit.actors import Actor


def requestor(*permissions):
    """Members of the organization that asks, whose role holds all of `permissions`; the system and signers always."""

    def allowed(by, record_request):
        if isinstance(by, Actor):
            return True
        ours = by.organization_id == record_request.organization_id
        return ours and all(by.may(permission) for permission in permissions)

    return allowed


def custodian(*permissions):
    """Members of the practice that was asked, whose role holds all of `permissions`; the system always."""

    def allowed(by, record_request):
        if isinstance(by, Actor):
            return True
        ours = by.organization_id == record_request.custodian_organization_id
        return ours and all(by.may(permission) for permission in permissions)

    return allowed


def either_side(*permissions):
    """Members of one of the two sides, whose role holds all of `permissions`."""

    def allowed(by, record_request):
        return requestor(*permissions)(by, record_request) or custodian(*permissions)(by, record_request)

    return allowed


can_ask = requestor(Permission.MAKE_REQUESTS)
can_work = custodian(Permission.VIEW_REQUESTS)
can_upload = custodian(Permission.UPLOAD_RECORDS)
can_mark_incomplete = custodian(Permission.MARK_INCOMPLETE)
can_review = custodian(Permission.REVIEW_PAGES)
can_price = custodian(Permission.PRICE, Permission.APPROVE_RELEASE)
can_agree_fee = custodian(Permission.PRICE, Permission.APPROVE_RELEASE, Permission.MANAGE_ORGANIZATION)
can_message = either_side(Permission.VIEW_REQUESTS, Permission.SEND_MESSAGES)  # an error shows the whole page
can_view = either_side(Permission.VIEW_REQUESTS)
can_receive = requestor(Permission.VIEW_REQUESTS)


def by_itself(by, record_request):
    """Moves nobody makes by hand: payment brings them, or a delivery."""
    return isinstance(by, Actor)
