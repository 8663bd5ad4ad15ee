import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
MOST = Decimal("999999.99")


class MoneyField(forms.CharField):
    """Dollars as a Decimal of two places, 0.01 to 999,999.99 unless told otherwise.

    Commas, exponents, signs, a third decimal and digits of other scripts are refused, never guessed at.
    """

    default_error_messages = {
        "required": _("Fill in the amount."),
        "invalid": _("%(typed)s is not an amount. Use digits and a point, like 1250.00."),
        "commas": _("Leave out the commas: 1250.00, not 1,250.00."),
        "places": _("%(typed)s has parts of a cent. Use at most two places after the point."),
        "too_little": _("The amount must be at least $%(least)s."),
        "too_much": _("The amount must be at most $%(most)s."),
    }

    def __init__(self, *, least=CENT, most=MOST, **kwargs):
        self.least, self.most = least, most
        super().__init__(empty_value=None, **kwargs)
        self.validators = []

    def widget_attrs(self, widget):
        return {"class": "w-money num", "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value):
        return f"{value:.2f}" if isinstance(value, Decimal) else value

    def to_python(self, value):
        if isinstance(value, Decimal):
            value = str(value)
        typed = super().to_python(value)
        if typed is None:
            return None
        typed = typed.removeprefix("$")
        if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", typed):
            self._refuse("commas", typed)
        if re.fullmatch(r"-[0-9]+(\.[0-9]+)?", typed):
            self._refuse("too_little", typed)
        if not re.fullmatch(r"[0-9]{1,30}(\.[0-9]{1,30})?", typed):
            self._refuse("invalid", typed)
        if len(typed.partition(".")[2]) > 2:
            self._refuse("places", typed)
        amount = Decimal(typed)
        if amount < self.least:
            self._refuse("too_little", typed)
        if amount > self.most:
            self._refuse("too_much", typed)
        return amount.quantize(CENT)  # last: more digits than the context holds would raise

    def _refuse(self, code, typed):
        shown = "".join(character for character in typed[:40] if character.isprintable())
        bounds = {"least": f"{self.least:,.2f}", "most": f"{self.most:,.2f}"}
        raise ValidationError(self.error_messages[code], code=code, params={"typed": shown, **bounds})
