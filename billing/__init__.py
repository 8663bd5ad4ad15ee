"""Money: fee schedules → quote → invoice → payment → refund, and a ledger whose entries balance.

Main nouns: `Quote` (a price and its reasons, kept for ever), `Invoice`, `Card`, `Payment` (one attempt at the
bank), `CheckPayment`, `LedgerEntry`. `fees/` is the law; `gateway` is the only module that speaks to Stripe.
"""
