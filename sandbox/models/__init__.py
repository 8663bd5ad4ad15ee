from sandbox.models.books import (
    BalanceTransaction,
    Charge,
    Customer,
    Dispute,
    PaymentIntent,
    PaymentMethod,
    Refund,
    SetupIntent,
)
from sandbox.models.tray import Item, Switch
from sandbox.models.wire import Event, Fault, Reply

__all__ = [
    "BalanceTransaction",
    "Charge",
    "Customer",
    "Dispute",
    "Event",
    "Fault",
    "Item",
    "PaymentIntent",
    "PaymentMethod",
    "Refund",
    "Reply",
    "SetupIntent",
    "Switch",
]
