"""Request IDs made for people: ten digits, the last a check digit, written 4820-1173-90 (product 1.3).

The check digit is Luhn's, so one wrong digit, and nearly every swap of two neighbours, is told apart from an ID that
nobody has. The first nine digits are drawn at random: one ID says nothing about another.
"""

import re
import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum import luhn

# For whoever typed something that `parse` refuses; the example is a right one.
SLIP = _("“%(typed)s” can't be a request ID: one has ten digits, like 4820-1173-90. Check for a typing slip.")


def draw():
    """A new ID as ten digits."""
    body = str(secrets.randbelow(9 * 10**8) + 10**8)
    return body + luhn.calc_check_digit(body)


def written(public_id):
    """Ten digits as people read them."""
    return f"{public_id[:4]}-{public_id[4:8]}-{public_id[8:]}"


def parse(text):
    """The ten digits somebody typed, in any script, with or without hyphens and spaces.

    ValueError where it can't be an ID.
    """
    digits = re.sub(r"[\s\u00ad\u200b\-\u2010-\u2015\u2212\uff0d]", "", text)
    digits = "".join(str(unicodedata.decimal(one, one)) for one in digits)
    if not re.fullmatch(r"[1-9][0-9]{9}", digits) or not luhn.is_valid(digits):
        raise ValueError("not a request ID")
    return digits
