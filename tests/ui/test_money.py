from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from chartrequest.forms import MoneyField
from chartrequest.templatetags.ui import money


def refusal(typed, **options):
    with pytest.raises(ValidationError) as refused:
        MoneyField(**options).clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("0.01", "0.01"), ("12", "12.00"), ("12.5", "12.50"), (" $96.62 ", "96.62"), ("999999.99", "999999.99")],
)
def test_an_amount_is_read_to_the_cent(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)
    assert MoneyField().clean(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-0.01", "The amount must be at least $0.01."),
        ("0", "The amount must be at least $0.01."),
        ("0.00", "The amount must be at least $0.01."),
        ("0.001", "0.001 has parts of a cent. Use at most two places after the point."),
        ("1000000", "The amount must be at most $999,999.99."),
        ("9" * 30, "The amount must be at most $999,999.99."),
        ("1,000.00", "Leave out the commas: 1250.00, not 1,250.00."),
    ],
)
def test_a_refusal_says_what_to_do(typed, sentence):
    assert refusal(typed) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "1e9",
        "1e309",
        "NaN",
        "Infinity",
        "-inf",
        "\uff11\uff12",
        "١٢",
        "12.",
        ".5",
        "1.2.3",
        "+5",
        "0x10",
        "1_000",
        "twelve",
    ],
)
def test_what_is_no_plain_number_is_named(typed):
    assert refusal(typed) == f"{typed} is not an amount. Use digits and a point, like 1250.00."


def test_zero_is_taken_where_zero_is_meant():
    assert MoneyField(least=Decimal("0.00")).clean("0") == Decimal("0.00")


def test_an_optional_amount_may_be_missing():
    assert MoneyField(required=False).clean(" ") is None


@given(st.decimals(min_value="0.01", max_value="999999.99", places=2))
def test_what_is_shown_can_be_typed_again(amount):
    field = MoneyField()
    assert field.clean(field.prepare_value(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "shown"), [("1234.5", "$1,234.50"), ("0", "$0.00"), ("-3.1", "−$3.10"), (None, "")]
)
def test_amounts_on_screen(amount, shown):
    assert money(None if amount is None else Decimal(amount)) == shown
