"""Where mail, texts and faxes land in development (product 9.3): nothing leaves the machine.

Everything is delivered, unless a switch for its address says otherwise: `refuse("+15550100", "failed")`.
"""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend

from correspondence.channels import Refused
from sandbox.models import Item, Switch


class ProviderDown(ConnectionError):
    """The provider does not answer; trying again later is right."""


class Undeliverable(Refused):
    """The provider refuses this number; trying again is not."""


class EmailBackend(BaseEmailBackend):
    """Django's email backend: keeps each message, once for each of its recipients."""

    def send_messages(self, messages):
        return sum(self._keep(message) for message in messages if message.recipients())

    def _keep(self, message):
        try:
            for address in message.recipients():
                self._keep_for(address, message)
        except (ProviderDown, SMTPRecipientsRefused):
            if not self.fail_silently:
                raise
            return 0
        return 1

    def _keep_for(self, address, message):
        outcome = _outcome(address)
        if outcome == Switch.Outcome.FAILED:
            raise SMTPRecipientsRefused({address: (550, b"No such mailbox")})
        html = [part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"]
        Item.objects.create(
            kind=Item.Kind.EMAIL,
            to=address,
            sender=message.from_email,
            subject=message.subject,
            body=message.body,
            html="".join(html),
            attachments=[_named(attachment) for attachment in message.attachments],
            state=outcome or Item.State.DELIVERED,
        )


def send_text(to, body):
    """Hand a text over; gives the provider's id. Raises ProviderDown or Undeliverable."""
    return _hand_over(Item.Kind.TEXT, to, body=body)


def send_fax(to, pdf, *, key):
    """Hand a PDF (bytes) over as a fax, once for each `key`; gives the provider's id, whose end `fax_state` tells."""
    state = _outcome(to) or Item.State.DELIVERED
    item, _ = Item.objects.get_or_create(
        id=f"fax_{key}", defaults={"kind": Item.Kind.FAX, "to": to, "pdf": pdf, "state": state}
    )
    return item.id


def fax_state(fax_id):
    """delivered or failed."""
    state = Item.objects.get(kind=Item.Kind.FAX, id=fax_id).state
    return Item.State.DELIVERED if state == Item.State.DELIVERED else Item.State.FAILED


def refuse(to, outcome=Switch.Outcome.FAILED):
    """From now on `to` ("*" for everybody) is refused, fails or bounces."""
    Switch.objects.update_or_create(to=to, defaults={"outcome": outcome})


def accept(to):
    Switch.objects.filter(to=to).delete()


def _hand_over(kind, to, **content):
    outcome = _outcome(to)
    if outcome == Switch.Outcome.FAILED:
        raise Undeliverable(kind)
    return Item.objects.create(kind=kind, to=to, state=outcome or Item.State.DELIVERED, **content).id


def _outcome(to):
    """What the switches say of an address, its own before everybody's; a provider that is down raises."""
    said = dict(Switch.objects.filter(to__in=[to, "*"]).values_list("to", "outcome"))
    outcome = said.get(to) or said.get("*", "")
    if outcome == Switch.Outcome.REFUSED:
        raise ProviderDown(outcome)
    return outcome


def _named(attachment):
    return {"name": getattr(attachment, "filename", None) or "unnamed"}
