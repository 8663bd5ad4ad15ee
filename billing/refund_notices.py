"""Who is told what became of a refund (product 7.7, 9.2). A notice holds the ID and a link; a denial its ground."""

from django.utils import translation

from accounts.models import Member
from correspondence.models import Notice


def tell(refund, event):
    """Owe the notice of one move, by email always; written in the move's transaction."""
    record_request = refund.invoice.record_request
    for person in readers(refund):
        with translation.override(person.language):
            words = {"ground": refund.get_ground_display()} if refund.ground else {}
        Notice.objects.owe_secret(
            event,
            Notice.Channel.EMAIL,
            person.email,
            person=person,
            words=words,
            reference=str(record_request),
            path=record_request.get_absolute_url(),
        )


def readers(refund):
    """Whoever asked, or paid; where they left the organization, all who may ask in its name."""
    began = refund.asked_by or (refund.payment and refund.payment.person)
    return Member.objects.askers(refund.organization_id, began)
