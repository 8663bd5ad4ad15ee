import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import to_python
from phonenumber_field.widgets import RegionalPhoneNumberWidget
from phonenumbers import PhoneNumberType, number_type, region_code_for_number

# Country code 1 alone would let in islands whose owners earn by every text and call that is sent there.
UNITED_STATES = {"US", "PR", "GU", "VI", "AS", "MP"}


class PhoneInput(RegionalPhoneNumberWidget):
    """Shows a number as people write it, and what is no number exactly as it was typed."""

    def format_value(self, value):
        number = to_python(value, region=self.region) if isinstance(value, str) else value
        return super().format_value(value) if not number or number.is_valid() else number.raw_input


class PhoneField(PhoneNumberField):
    """A phone or fax number of the United States, kept as E.164 (+16025550143)."""

    widget = PhoneInput
    default_error_messages = {
        "required": _("Fill in the phone number."),
        "invalid": _("Use a US phone number with its area code, like (602) 555-0143."),
        "extension": _("Leave out the extension; only the number itself is called."),
    }

    def __init__(self, *, region="US", **kwargs):
        super().__init__(region=region, **kwargs)
        self.error_messages["invalid"] = kwargs.get("error_messages", {}).get(
            "invalid", self.default_error_messages["invalid"]
        )
        self.widget.input_type = "tel"

    def to_python(self, value):
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = super().to_python(value)
        if not number:
            return number
        if region_code_for_number(number) not in UNITED_STATES or _costs_extra(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if number.extension:
            raise ValidationError(self.error_messages["extension"], code="extension")
        return number


def _costs_extra(number):
    return number_type(number) == PhoneNumberType.PREMIUM_RATE


class SsnField(forms.CharField):
    """Nothing, nine digits, or the last four (also typed as 00000 and four; product 5.11).

    Cleans to "", "123456789" or "6789". The sentence never repeats what was typed.
    """

    default_error_messages = {
        "required": _("Fill in the Social Security number, or its last four digits."),
        "invalid": _("Use all nine digits, or only the last four."),
        "never_issued": _("No Social Security number looks like this. Check it, or use only the last four."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.validators = []

    def widget_attrs(self, widget):
        return {"class": "w-code num", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return ""
        digits = re.sub(r"[ -]", "", typed)
        if not re.fullmatch(r"[0-9]{4}|[0-9]{9}", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if digits.startswith("00000") and len(digits) == 9:
            digits = digits[5:]
        if _was_never_issued(digits):
            raise ValidationError(self.error_messages["never_issued"], code="never_issued")
        return digits


def _was_never_issued(digits):
    if digits.endswith("0000"):
        return True
    area, group = digits[:3], digits[3:5]
    return len(digits) == 9 and (area in ("000", "666") or area[0] == "9" or group == "00")


class NpiField(forms.CharField):
    """A National Provider Identifier: ten digits, the last a check digit (45 CFR 162.406; Luhn after 80840)."""

    default_error_messages = {
        "required": _("Fill in the NPI."),
        "invalid": _("An NPI has ten digits and begins with 1 or 2."),
        "mistyped": _(
            "This is not an NPI: a digit is wrong, or two have changed places. Check it once more."
        ),
    }

    def __init__(self, *, label="NPI", **kwargs):
        super().__init__(label=label, **kwargs)
        self.validators = []

    def widget_attrs(self, widget):
        return {"class": "w-short num", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return ""
        digits = re.sub(r"[ -]", "", typed)
        if not re.fullmatch(r"[12][0-9]{9}", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not _has_its_check_digit("80840" + digits):
            raise ValidationError(self.error_messages["mistyped"], code="mistyped")
        return digits


def _has_its_check_digit(digits):
    """Luhn: from the right, each second digit counts double, the digits of the double one by one."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(one // 10 + one % 10 for one in doubled) % 10 == 0
