"""What this app tells those above it, which it doesn't know."""

from django.dispatch import Signal

# Somebody is owed a notice; see `accounts.telling`, which sends it.
notice_owed = Signal()
# An organization may work from now on, or no longer. Sent with `organization` inside the move's transaction.
organization_opened = Signal()
organization_closed = Signal()
# A member has left an organization. Sent with `member` inside the transaction that ends the membership.
member_left = Signal()
# Who is behind an NPI? Receivers answer with `accounts.onboarding.facts.Facts` or None. Sent with `npi`.
npi_sought = Signal()
