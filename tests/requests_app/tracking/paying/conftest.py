from tests.billing.conftest import card, fresh, invoice, priced, quote

__all__ = ["card", "fresh", "invoice", "priced", "quote"]
