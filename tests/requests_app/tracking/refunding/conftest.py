import uuid

import pytest
from django.urls import reverse

from tests.billing import paid
from tests.billing.conftest import card, fresh, invoice, priced, quote

__all__ = ["card", "fresh", "invoice", "priced", "quote"]


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


@pytest.fixture
def address(settled):
    return reverse("request_refund", args=[settled.record_request.public_id, settled.pk])


@pytest.fixture
def typed():
    """What somebody types who wants $10.00 back."""
    return {
        "amount": "10.00",
        "reason": "pricing",
        "comments": "",
        "form_key": str(uuid.uuid4()),
        **paid.ADDRESS,
    }
