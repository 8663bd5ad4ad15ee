"""D of trust.md for signatures: the text that was signed is whole, and the activity knows its hash."""

from audit.models import Activity
from requests_app.authorizations import terms
from requests_app.models import Authorization


def violations():
    """Sentences, one for each thing that is not as it must be."""
    signed = Authorization.objects.exclude(signed_sha256="").select_related("record_request").order_by("pk")
    for one in signed.iterator(chunk_size=500):
        if terms.sha256(terms.kept(one)) != one.signed_sha256:
            yield f"D: the signed text of request {one.record_request} was changed"
        told = Activity.objects.of(one.record_request).filter(event="signed", details__link=one.invitation_id)
        if one.signed_sha256 not in [entry.details["sha256"] for entry in told]:
            yield f"D: no entry tells of the text signed for request {one.record_request}"
