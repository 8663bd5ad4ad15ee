"""Asking for money back: what can be refunded, the form, the letter that answers (product 7.7)."""
