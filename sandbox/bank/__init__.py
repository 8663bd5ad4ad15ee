"""A bank that answers as Stripe does, for the calls this product makes. Start with `handle`."""

from sandbox.bank.delivery import deliver, deliver_events
from sandbox.bank.disputes import close_dispute, open_dispute
from sandbox.bank.faults import break_next, mend
from sandbox.bank.person import answer_challenge, give_card
from sandbox.bank.protocol import TimedOut, handle

__all__ = [
    "TimedOut",
    "answer_challenge",
    "break_next",
    "close_dispute",
    "deliver",
    "deliver_events",
    "give_card",
    "handle",
    "mend",
    "open_dispute",
]
