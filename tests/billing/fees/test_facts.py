"""What can't be true is refused with a sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from billing.fees import BadFacts, Facts

NAN = Decimal("NaN")


@pytest.mark.parametrize("pages", [-1, 1.5, 1_000_001, "64", None, True, NAN, float("nan"), 10**9])
def test_pages_must_be_a_sensible_count(pages):
    with pytest.raises(BadFacts, match="pages must be a whole number"):
        Facts(pages=pages)


@pytest.mark.parametrize("name", ["labor_minutes", "years", "images"])
@pytest.mark.parametrize("value", [-1, 2.0, 10**9])
def test_other_counts_too(name, value):
    with pytest.raises(BadFacts, match="whole number"):
        Facts(pages=1, **{name: value})


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1e9", "NaN", "Infinity", "1e309"])
@pytest.mark.parametrize("name", ["own_cost", "postage"])
def test_amounts_are_dollars_and_cents(name, amount):
    with pytest.raises(BadFacts):
        Facts(pages=1, **{name: Decimal(amount)})


def test_a_float_is_no_amount():
    with pytest.raises(BadFacts):
        Facts(pages=1, own_cost=1.25)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), datetime(2026, 1, 1), "2026-01-01"])
def test_the_day_is_a_date_of_our_time(day):
    with pytest.raises(BadFacts, match="day of pricing"):
        Facts(pages=1, on=day)


def test_yes_or_no():
    with pytest.raises(BadFacts, match="yes or no"):
        Facts(pages=1, mailed="maybe")
