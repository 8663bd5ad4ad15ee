"""Stripe's published test numbers and how each behaves. Any other is declined: no real card stays here.

Behaviors: "decline:CODE" at once; "charge_decline:CODE" only when charged; "auth:set_up" asks unless the card
was set up; "auth:always"; "auth:on_session" asks only while its owner is there; "auth:then:CODE" asks and
then declines; "dispute"; "refund:pending"; "refund:failed".
"""

from django.utils import timezone
from django.utils.crypto import salted_hmac

from sandbox.bank.errors import Refusal
from sandbox.models import PaymentMethod

NUMBERS = {
    "4242424242424242": ("visa", "credit", ""),
    "4000056655665556": ("visa", "debit", ""),
    "5555555555554444": ("mastercard", "credit", ""),
    "2223003122003222": ("mastercard", "credit", ""),
    "5200828282828210": ("mastercard", "debit", ""),
    "5105105105105100": ("mastercard", "prepaid", ""),
    "378282246310005": ("amex", "credit", ""),
    "371449635398431": ("amex", "credit", ""),
    "6011111111111117": ("discover", "credit", ""),
    "6011000990139424": ("discover", "credit", ""),
    "6011981111111113": ("discover", "debit", ""),
    "3056930009020004": ("diners", "credit", ""),
    "36227206271667": ("diners", "credit", ""),
    "3566002020360505": ("jcb", "credit", ""),
    "4000000000000002": ("visa", "credit", "decline:generic_decline"),
    "4000000000009995": ("visa", "credit", "decline:insufficient_funds"),
    "4000000000009987": ("visa", "credit", "decline:lost_card"),
    "4000000000009979": ("visa", "credit", "decline:stolen_card"),
    "4000000000000069": ("visa", "credit", "decline:expired_card"),
    "4000000000000127": ("visa", "credit", "decline:incorrect_cvc"),
    "4000000000000119": ("visa", "credit", "decline:processing_error"),
    "4000000000000341": ("visa", "credit", "charge_decline:generic_decline"),
    "4000002500003155": ("visa", "credit", "auth:set_up"),
    "4000002760003184": ("visa", "credit", "auth:always"),
    "4000000000003220": ("visa", "credit", "auth:always"),
    "4000003800000446": ("visa", "credit", "auth:on_session"),
    "4000008260003178": ("visa", "credit", "auth:then:insufficient_funds"),
    "4000008400001629": ("visa", "credit", "auth:then:generic_decline"),
    "4000000000000259": ("visa", "credit", "dispute"),
    "4000000000007726": ("visa", "credit", "refund:pending"),
    "4000000000005126": ("visa", "credit", "refund:failed"),
}


def take_card(given, metadata=None):
    """A payment method from what was typed. Of the number only the last four and a keyed digest are kept."""
    number = "".join(character for character in given.get("number", "") if character not in " -")
    _check(number, given)
    brand, funding, behavior = NUMBERS.get(number, ("visa", "credit", "decline:test_mode_live_card"))
    return PaymentMethod.objects.create(
        brand=brand,
        funding=funding,
        behavior=behavior,
        last4=number[-4:],
        exp_month=int(given["exp_month"]),
        exp_year=_year(given["exp_year"]),
        fingerprint=salted_hmac("sandbox.card", number).hexdigest()[:16],
        metadata=metadata or {},
    )


def _check(number, given):
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19 and passes_luhn(number)):
        raise _wrong("Your card number is incorrect.", "incorrect_number", "number")
    month, year = given.get("exp_month", ""), given.get("exp_year", "")
    if not (month.isdigit() and 1 <= int(month) <= 12):
        raise _wrong("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month")
    today = timezone.now()
    if not year.isdigit() or not today.year <= _year(year) <= today.year + 50:
        raise _wrong("Your card's expiration year is invalid.", "invalid_expiry_year", "exp_year")
    if (_year(year), int(month)) < (today.year, today.month):
        raise _wrong("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month")
    cvc = given.get("cvc", "")
    if cvc and not (cvc.isascii() and cvc.isdigit() and len(cvc) in (3, 4)):
        raise _wrong("Your card's security code is invalid.", "invalid_cvc", "cvc")


def _wrong(message, code, param):
    return Refusal(message, status=402, kind="card_error", code=code, param=param)


def _year(text):
    return int(text) + 2000 if len(text) == 2 else int(text)


def passes_luhn(number):
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[0::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0
