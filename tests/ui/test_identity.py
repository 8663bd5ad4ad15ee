import pytest
from django.core.exceptions import ValidationError

from chartrequest.forms import PhoneField, SsnField


def refusal(field, typed):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed", ["(602) 555-0143", "602-555-0143", "6025550143", "+1 602 555 0143", "1.602.555.0143"]
)
def test_a_phone_number_becomes_e164(typed):
    assert PhoneField().clean(typed).as_e164 == "+16025550143"


@pytest.mark.parametrize(
    "typed", ["555-0143", "12", "+44 20 7946 0958", "phone", "٦٠٢٥٥٥٠١٤٣", "000-000-0000", "6" * 1000]
)
def test_what_is_no_us_number_is_refused(typed):
    assert refusal(PhoneField(), typed) == "Use a US phone number with its area code, like (602) 555-0143."


@pytest.mark.parametrize("typed", ["(876) 555-0123", "(416) 555-0123", "(900) 555-0123"])
def test_an_island_a_neighbor_or_a_pay_line_is_no_us_number(typed):
    """Jamaica, Canada, 900: they share the country code, and texts to some of them earn a stranger money."""
    assert "Use a US phone number" in refusal(PhoneField(), typed)


@pytest.mark.parametrize("typed", ["(787) 555-0123", "(888) 895-8366"])
def test_puerto_rico_and_toll_free_numbers_are_us_numbers(typed):
    assert PhoneField().clean(typed)


def test_an_extension_is_not_dropped_in_silence():
    assert "extension" in refusal(PhoneField(), "602-555-0143 x12")


def test_a_phone_number_may_be_left_out():
    assert not PhoneField(required=False).clean("")


@pytest.mark.parametrize(
    ("typed", "shown"), [("(478) 555-01", "(478) 555-01"), ("+16025550143", "(602) 555-0143"), ("", None)]
)
def test_what_is_no_phone_number_is_shown_as_it_was_typed(typed, shown):
    assert PhoneField().widget.format_value(typed) == shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("123-45-6789", "123456789"),
        ("123 45 6789", "123456789"),
        ("6789", "6789"),
        ("000006789", "6789"),
        ("00000-6789", "6789"),
        ("000-00-6789", "6789"),
    ],
)
def test_an_ssn_is_nine_digits_or_the_last_four(typed, kept):
    assert SsnField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["12345", "1234567890", "12a45678b", "١٢٣٤", "123.45.6789", "-"])
def test_other_lengths_are_refused_without_repeating_them(typed):
    sentence = refusal(SsnField(), typed)
    assert sentence == "Use all nine digits, or only the last four."


@pytest.mark.parametrize(
    "typed", ["000-12-3456", "666-12-3456", "912-34-5678", "123-00-4567", "123-45-0000", "0000"]
)
def test_numbers_never_given_out_are_refused(typed):
    assert refusal(SsnField(), typed).startswith("No Social Security number looks like this.")
