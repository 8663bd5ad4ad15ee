"""What ending a request costs, line by line (product 7.6)."""

from datetime import date
from decimal import Decimal

import pytest

from billing import cancellation
from directory.models import Custodian

D = Decimal


def cost(**asked):
    said = {"requestor_class": "attorney", "pages": 0, "rejections": 0, "custodian": Custodian()} | asked
    return cancellation.reckon(**said)


def amounts(reckoned):
    return [(line["code"], D(line["amount"])) for line in reckoned.lines]


def test_with_nothing_retrieved_it_is_the_base_and_handling():
    assert amounts(cost()) == [("base", D("49.95")), ("handling", D("3.00"))]


@pytest.mark.parametrize(
    ("pages", "charged"),
    [(1, "1.00"), (99, "99.00"), (100, "100.00"), (101, "100.75"), (140, "130.00"), (1000, "775.00")],
)
def test_pages_cost_less_beyond_the_hundredth(pages, charged):
    assert cost(pages=pages).total == D("52.95") + D(charged)


def test_each_time_it_was_sent_back_counts():
    assert ("rejections", D("14.85")) in amounts(cost(rejections=3))


def test_fees_of_others_are_added_as_they_are():
    reckoned = cost(custodian=Custodian(provider_fee=D("5.00")), own_fees=D("12.34"), bank_fee=D("1.50"))
    assert reckoned.total == D("52.95") + D("5.00") + D("12.34") + D("1.50")


@pytest.mark.parametrize("who", ["patient", "provider"])
def test_patients_and_practices_pay_nothing(who):
    assert cost(requestor_class=who, pages=500, rejections=4).total == 0


def test_its_lines_add_up_and_name_their_basis():
    reckoned = cost(pages=150, rejections=2)
    assert sum(amount for _code, amount in amounts(reckoned)) == reckoned.total
    assert all(line["citation"] for line in reckoned.lines)


def test_it_says_which_tariff_it_used():
    assert cost(on=date(2026, 1, 1)).schedule_code == "cancellation-2020-01-01"


@pytest.mark.parametrize("wrong", [{"pages": -1}, {"rejections": -1}, {"own_fees": D("-0.01")}])
def test_nothing_can_be_negative(wrong):
    with pytest.raises(ValueError, match="negative"):
        cost(**wrong)
