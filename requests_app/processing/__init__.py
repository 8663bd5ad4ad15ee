"""Answering: the inbound list, a request beside its authorization, records, QA, price, release (product 6.2-6.6)."""
