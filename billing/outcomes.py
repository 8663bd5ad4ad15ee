"""What the gateway answers with: plain values, and the three ways a call can fail. No Stripe in here."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class GatewayError(Exception):
    """A call to the gateway brought no answer about the money. `sentence` may be shown to a person."""

    default = _("The payment service could not be reached. Try again in a moment.")

    def __init__(self, sentence="", *, code=""):
        self.sentence = sentence or gettext(self.default)
        self.code = code
        super().__init__(self.sentence)


class UnknownOutcome(GatewayError):
    """Timeout, lost connection, 5xx: it may have happened. Keep the key; ask `find_charge` tells."""

    default = _("The bank has not answered yet. We are asking it what became of this; do not pay again.")


class TryLater(GatewayError):
    """Too many calls, or this key is under way (429, 409): nothing was done. Same key, a little later."""

    default = _("The payment service is busy. Try again in a moment.")


class GatewayRefused(GatewayError):
    """The call itself was wrong (4xx): repeating it changes nothing."""

    default = _("The payment service did not accept this. We have been told and will look into it.")


class BadSignature(GatewayError):
    """An event that was not signed by the bank, or too long ago; nothing in it may be believed."""


@dataclass(frozen=True)
class PageConfig:
    """What the page with the card field needs: both are public."""

    publishable_key: str
    script_url: str


@dataclass(frozen=True)
class Setup:
    """A card about to be saved. `client_secret` goes to the page of its owner and nowhere else."""

    id: str
    client_secret: str


@dataclass(frozen=True)
class SetupState:
    """`state` is succeeded, requires_action, processing, canceled or open (no usable card given yet)."""

    id: str
    state: str
    payment_method_id: str = ""
    customer_id: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class CardFacts:
    """What may be shown and kept of a card; `funding` is credit, debit, prepaid or unknown."""

    payment_method_id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    funding: str
    fingerprint: str
    customer_id: str = ""

    @property
    def is_prepaid(self):
        return self.funding == "prepaid"


@dataclass(frozen=True)
class ChargeOutcome:
    """`state` is succeeded, requires_action, declined, processing or canceled. `amount` is in dollars."""

    state: str
    intent_id: str
    amount: Decimal
    charge_id: str = ""
    client_secret: str = ""
    decline_code: str = ""
    sentence: str = ""
    reference: str = ""
    key: str = ""


@dataclass(frozen=True)
class ChargeLine:
    """One charge that took money, as the bank's books have it. Dollars."""

    id: str
    intent_id: str
    amount: Decimal
    refunded: Decimal
    created: datetime
    reference: str = ""
    is_disputed: bool = False


@dataclass(frozen=True)
class Movement:
    """Money that came to our account at the bank, or left it. `amount` in dollars, what left is negative.

    `kind` says why: charge, refund, refund_failed (it came back), dispute, dispute_won; `source` is the id of that
    charge, refund or dispute. `currency` is the one it was asked in.
    """

    id: str
    kind: str
    source: str
    amount: Decimal
    currency: str
    created: datetime
    charge_id: str = ""
    reference: str = ""
    key: str = ""


@dataclass(frozen=True)
class RefundOutcome:
    """`state` is succeeded, pending, failed, canceled or refused (nothing was paid back; see `sentence`)."""

    state: str
    amount: Decimal
    refund_id: str = ""
    charge_id: str = ""
    intent_id: str = ""
    created: datetime | None = None
    sentence: str = ""
    key: str = ""


@dataclass(frozen=True)
class Dispute:
    """The cardholder's bank took the money back, or threatens to. `state` as Stripe names it."""

    id: str
    charge_id: str
    amount: Decimal
    state: str
    reason: str


@dataclass(frozen=True)
class Event:
    """A hint that something happened to `object_id`: fetch it, don't believe the body."""

    id: str
    type: str
    object_id: str
    created: datetime


_DECLINES = {
    "insufficient_funds": _("The card has insufficient funds. Use another card."),
    "lost_card": _("The card was declined. Use another card."),
    "expired_card": _("The card has expired. Use another card."),
    "incorrect_cvc": _("The security code is wrong. Check it and try again."),
    "invalid_cvc": _("The security code is wrong. Check it and try again."),
    "incorrect_number": _("The card number is wrong. Check it and try again."),
    "invalid_number": _("The card number is wrong. Check it and try again."),
    "incorrect_zip": _("The ZIP code does not match the card. Check it and try again."),
    "processing_error": _("The bank could not process the card just now. Try again in a few minutes."),
    "authentication_required": _("Your bank asks you to confirm this payment."),
    "payment_intent_authentication_failure": _(
        "Your bank could not confirm that it was you. Try again or use another card."
    ),
    "setup_intent_authentication_failure": _(
        "Your bank could not confirm that it was you. Try again or use another card."
    ),
    "card_velocity_exceeded": _("The card has reached its limit. Use another card, or ask your bank."),
}
_DECLINED = _("The card was declined. Use another card, or ask your bank why.")


def decline_sentence(code):
    """Why a card was not taken, for its owner. Lost and stolen cards are never told apart from others."""
    return gettext(_DECLINES.get(code, _DECLINED))


_REFUND_REFUSALS = {
    "charge_already_refunded": _("This payment has been paid back in full already."),
    "charge_disputed": _("The cardholder's bank disputes this payment, so it can't be paid back from here."),
}
_TOO_MUCH = _("This is more than is left of the payment. Nothing was paid back.")


def refund_sentence(code):
    """Why nothing was paid back."""
    return gettext(_REFUND_REFUSALS.get(code, _TOO_MUCH))
