"""What the directory tells the apps above it, which it doesn't know."""

from django.dispatch import Signal

# Two custodians are about to become one. Sent with `gone` and `into` inside the transaction, before their rows are
# locked: whoever has rows of `gone` that may move locks them now.
custodians_merging = Signal()
# It is done, in the same transaction; sent with `gone`, `into` and `by`.
custodians_merged = Signal()
