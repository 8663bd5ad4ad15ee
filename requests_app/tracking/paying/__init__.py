"""Paying for a request: breakdown, card, the bank's question, what became of it, the papers."""
