"""Refunds and disputes in the words of whoever paid: what happened, what comes next, by when (product 1.14, 7.7)."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chartrequest.templatetags.ui import money


def of_refund(refund):
    """One or two sentences; the amount is what it is about now."""
    return _REFUND[refund.state](refund) % {
        "amount": money(refund.sum),
        "asked": money(refund.amount),
        "card": refund.payment.card_label if refund.payment else "",
        "day": _day(refund.paid_at or refund.decided_at or refund.asked_at),
        "number": refund.check_number,
        "sent": _day(refund.check_sent_on),
    }


def of_dispute(dispute):
    """What it means for whoever paid, and for whoever waits to be paid."""
    return _DISPUTE[dispute.state]() % {"amount": money(dispute.amount)}


def _asked(refund):
    return _("A refund of %(amount)s was requested on %(day)s. We usually decide within 7–10 business days.")


def _approved(refund):
    if refund.is_to_card:
        said = _("%(amount)s goes back to %(card)s. The bank shows it in 3–5 business days.")
    else:
        said = _(
            "A check of %(amount)s will be mailed to you. Please allow 10–14 business days for it to arrive."
        )
    return f"{said} {_in_part(refund)}".strip()


def _paid(refund):
    if refund.is_to_card:
        said = _(
            "%(amount)s went back to %(card)s on %(day)s. The bank shows it 3–5 business days after that day."
        )
    else:
        said = _(
            "Check %(number)s of %(amount)s was mailed on %(sent)s. Please allow 10–14 business days for it."
        )
    return f"{said} {_in_part(refund)}".strip()


def _in_part(refund):
    return _("%(asked)s was requested.") if refund.is_in_part else ""


def _denied(refund):
    return _("The refund of %(amount)s was denied on %(day)s.")


def _failed(refund):
    return _(
        "The bank could not return %(amount)s to the card. We look for another way and write to you; "
        "you need not do anything."
    )


_REFUND = {"asked": _asked, "approved": _approved, "paid": _paid, "denied": _denied, "failed": _failed}


def _taken():
    return _(
        "The cardholder told their bank that the charge of %(amount)s is wrong. The bank holds the money until it "
        "has decided; until then nothing can be refunded here."
    )


_DISPUTE = {
    "warning_needs_response": lambda: _(
        "The cardholder's bank has a question about the charge of %(amount)s. No money has moved; we answer it."
    ),
    "warning_under_review": lambda: _(
        "The cardholder's bank had a question about the charge of %(amount)s and reads our answer. No money has moved."
    ),
    "warning_closed": lambda: _(
        "The cardholder's bank had a question about the charge of %(amount)s and has closed it. No money has moved."
    ),
    "needs_response": _taken,
    "under_review": _taken,
    "won": lambda: _("The cardholder's bank decided that the charge of %(amount)s was right. It stays paid."),
    "lost": lambda: _(
        "The cardholder's bank decided for the cardholder: the charge of %(amount)s went back to the card."
    ),
}


def _day(moment):
    if moment is None:
        return ""
    day = timezone.localdate(moment) if hasattr(moment, "hour") else moment
    return date_format(day, "M j, Y")
