"""The locks of everything that happens to a link, always in one order: its requests by number, then the link."""

from requests_app.models import RecordRequest


def hold(invitation):
    """The link and its requests, fresh and locked until the transaction ends; returns (invitation, requests)."""
    numbers = invitation.authorizations.order_by("record_request_id").values_list(
        "record_request_id", flat=True
    )
    requests = [RecordRequest(pk=number).locked() for number in dict.fromkeys(numbers)]
    return invitation.locked(), requests
