import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that change the order in which text is read: an "exe.txt" that is a "txt.exe".
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Characters that count as letters or symbols and still show nothing.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


class PlainTextField(forms.CharField):
    """Text as people write it. Without `multiline`, runs of white space become one space.

    Refuses NUL and other control characters, lone surrogates and marks that turn the reading order; text that
    shows nothing counts as empty.
    """

    default_error_messages = {
        "required": _("Fill this in."),
        "max_length": _("Use at most %(limit_value)d characters; this has %(show_value)d."),
        "unreadable": _("This holds characters that can't be shown. Type it by hand instead of pasting it."),
    }

    def __init__(self, *, max_length=200, multiline=False, **kwargs):
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        characters = set(text)  # each once: a long text costs no more than its alphabet
        if any(_is_unreadable(character) for character in characters):
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        text = unicodedata.normalize("NFC", text)
        if not self.multiline:
            text = re.sub(r"\s+", " ", text).strip()
        return text if any(_shows(character) for character in characters) else self.empty_value


def _is_unreadable(character):
    if character in "\n\t":
        return False
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs", "Cn")


def _shows(character):
    return character not in _BLANK and unicodedata.category(character) not in ("Zs", "Zl", "Zp", "Cf", "Cc")
