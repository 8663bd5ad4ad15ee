"""Development only: a bank that speaks Stripe's protocol, and the tray where mail, texts and faxes land.

Nouns of the bank are Stripe's: Customer, PaymentMethod, SetupIntent, PaymentIntent, Charge, Refund, Dispute,
Event. Of the tray: Item. All of it lives in the second database `sandbox`, so that a rollback of ours does
not undo what a bank did. See docs/sandbox.md.
"""
