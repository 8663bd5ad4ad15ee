"""What billing tells the apps above it. Sent inside the transaction that settles, so that both stand or fall."""

from django.dispatch import Signal

# An invoice is paid in full. Arguments: invoice, by (who acted; the system where the bank told us).
invoice_settled = Signal()
