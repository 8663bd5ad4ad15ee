"""The cardholder's bank takes the money back, or says that it may."""

from sandbox.bank import shapes
from sandbox.bank.balance import moved
from sandbox.bank.events import happened
from sandbox.bank.lists import get
from sandbox.models import Charge, Dispute


def open_dispute(charge_id, *, reason="fraudulent"):
    charge = get(Charge, charge_id, "charge")
    charge.disputed = True
    charge.save()
    left = charge.amount - charge.amount_refunded
    dispute = Dispute.objects.create(charge=charge, amount=left, reason=reason)
    moved(dispute, charge, -left, "adjustment", "dispute")
    happened("charge.dispute.created", shapes.dispute(dispute))
    return dispute


def close_dispute(dispute_id, *, won):
    dispute = get(Dispute, dispute_id)
    dispute.status = "won" if won else "lost"
    dispute.save()
    if won:
        moved(dispute, dispute.charge, dispute.amount, "adjustment", "dispute_reversal")
    happened("charge.dispute.closed", shapes.dispute(dispute))
    return dispute


def show(call, id):
    return shapes.dispute(get(Dispute, id))
