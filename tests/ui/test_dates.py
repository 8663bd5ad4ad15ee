from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chartrequest.forms import DateField


def refusal(typed, **options):
    with pytest.raises(ValidationError) as refused:
        DateField(**options).clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize("typed", ["03/14/1961", " 03/14/1961 ", "1961-03-14", "3/14/1961"])
def test_a_day_is_read(typed):
    assert DateField().clean(typed) == date(1961, 3, 14)


def test_a_leap_day_is_read():
    assert DateField().clean("02/29/2024") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "typed",
    ["13/30/2024", "02/29/2023", "04/31/2024", "30/04/2024", "00/10/2024", "03-14-1961", "1961/03/14",
     "March 1", "٠٣/١٤/١٩٦١", "\uff10\uff13/14/1961", "03/14/19610", "{{ 7*7 }}", "=1+1", "03/14/1961T00:00"],
)  # fmt: skip
def test_what_is_no_date_is_named(typed):
    assert refusal(typed) == f"{typed} is not a date. Use MM/DD/YYYY."


def test_a_short_year_is_not_guessed():
    assert refusal("3/4/24") == "3/4/24 has a year of two digits. Use MM/DD/YYYY."


@pytest.mark.parametrize("typed", ["01/01/0001", "12/31/1899"])
def test_too_long_ago(typed):
    assert "too long ago" in refusal(typed)


def test_the_first_day_of_1900_is_taken():
    assert DateField().clean("01/01/1900") == date(1900, 1, 1)


def test_too_far_ahead():
    assert "too far ahead" in refusal("12/31/9999")


def test_tomorrow_is_refused_where_only_the_past_counts():
    today = timezone.localdate()
    assert "in the future" in refusal(f"{today + timedelta(days=1):%m/%d/%Y}", past_only=True)
    assert DateField(past_only=True).clean(f"{today:%m/%d/%Y}") == today
    assert DateField().clean(f"{today + timedelta(days=1):%m/%d/%Y}") == today + timedelta(days=1)


def test_a_million_characters_are_not_repeated():
    assert len(refusal("9" * 1_000_000)) < 100


def test_turning_marks_are_not_repeated():
    assert "\u202e" not in refusal("\u202e03/14/1961")


def test_nothing_is_asked_for():
    assert refusal("  ") == "Fill in the date as MM/DD/YYYY."
    assert DateField(required=False).clean("") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 12, 31)))
def test_what_is_shown_can_be_typed_again(day):
    field = DateField()
    assert field.clean(field.prepare_value(day)) == day


@given(st.text())
def test_any_text_is_a_date_or_a_sentence(typed):
    try:
        day = DateField(required=False).clean(typed)
    except ValidationError as refused:
        sentence = refused.messages[0]
        assert sentence.endswith(".")
    else:
        assert day is None or day.year >= 1900
