"""Passwords that are tried first: well-known ones and what people make of them (NIST 800-63B, 5.1.1.2)."""

import re
import unicodedata
from functools import cached_property
from itertools import pairwise

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIFFERENT = 4


class HardToGuess(CommonPasswordValidator):
    """Refuses the well-known, also doubled or with figures and signs around it; rows of keys; the product's name.

    The list of well-known ones holds hardly any of the length asked for: what is long is mostly a short one, stretched.
    """

    def validate(self, password, user=None):
        plain = unicodedata.normalize("NFKC", password).casefold()
        if plain in self.passwords or self._is_stretched(plain) or _is_a_row(plain):
            raise ValidationError(
                _(
                    "This is among the first that a thief tries: a well-known password, a row of keys, or one "
                    "repeated. Use a few words that don't belong together."
                ),
                code="password_too_common",
            )

    def get_help_text(self):
        return _("Not a well-known one, also not with figures added or twice in a row.")

    def _is_stretched(self, plain):
        joined = re.sub(r"[\W_]+", "", plain)
        cores = {_once(joined), _once(joined.strip("0123456789")), _once(joined).strip("0123456789")}
        return len(set(plain)) < FEWEST_DIFFERENT or any(core in self._known for core in cores)

    @cached_property
    def _known(self):
        return self.passwords | {re.sub(r"\W+", "", settings.SITE_NAME).casefold()}


def _once(word):
    """What a word repeats: "passwordpassword" → "password"; the word itself where it repeats nothing."""
    period = (word + word).find(word, 1)
    return word[:period] if word else word


def _is_a_row(plain):
    """Whether each character follows the one before: abcdef…, 987654…, 90 counting on as one."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    if plain.isdecimal():
        steps = {(step + 1) % 10 - 1 for step in steps}
    return steps in ({1}, {-1})
