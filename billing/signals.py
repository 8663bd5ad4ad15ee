"""What billing tells the apps above it. Sent inside the transaction that settles: both stand or fall."""

from django.dispatch import Signal

# An invoice is paid in full. Arguments: invoice, by (who acted; the system where the bank told us).
# A receiver that raises MoveRefused says that it came too late: the money is paid back.
invoice_settled = Signal()

# A card can't be used any more, or no longer by its owner's colleagues. Argument: card.
card_gone = Signal()

# A card payment came to its end without money, or waits for its owner to answer the bank. Argument: payment.
payment_ended = Signal()
payment_waits = Signal()
