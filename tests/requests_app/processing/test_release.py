from decimal import Decimal

import pytest

from audit.models import Activity, MoveRefused, NotPermitted
from requests_app.processing import pricing, review
from tests import stage


@pytest.fixture
def reviewed(pending, clara):
    return stage.reviewed(pending, clara, pages=4)


def test_the_price_and_its_invoice_come_together(reviewed, clara):
    invoice = pricing.release(reviewed, by=clara)
    assert reviewed.state == "priced"
    assert invoice.total == invoice.quote.total == pricing.reckon(reviewed).total
