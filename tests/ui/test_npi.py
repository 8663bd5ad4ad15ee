"""NPIs as people type them (product 2.3)."""

import pytest
from django.core.exceptions import ValidationError

from chartrequest.forms import NpiField


@pytest.mark.parametrize("typed", ["1234567893", " 1234567893 ", "1234 567 893", "123-456-7893"])
def test_ten_digits_with_their_check_digit_are_taken(typed):
    assert NpiField().clean(typed) == "1234567893"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1234567890", "mistyped"),
        ("1324567893", "mistyped"),
        ("0234567893", "invalid"),
        ("123456789", "invalid"),
        ("12345678931", "invalid"),
        ("１２３４５６７８９３", "invalid"),
        ("1234567893\x00", "invalid"),
        ("9" * 1_000_000, "invalid"),
        ("{{ 7 }}", "invalid"),
        ("   ", "required"),
    ],
)
def test_what_is_none_is_refused(typed, code):
    with pytest.raises(ValidationError) as refused:
        NpiField().clean(typed)
    assert refused.value.code == code


def test_it_may_be_left_out_where_it_is_optional():
    assert NpiField(required=False).clean("") == ""
