from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chartrequest.forms import MoneyField, PlainTextField

FREE = Decimal("0.00")


class PriceForm(forms.Form):
    """The price before it goes out: each line may be lowered, none raised (product 6.6).

    After `is_valid`, `amounts` holds what each lowered line costs now, in USD by index of line.
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)
    reason = PlainTextField(
        label=gettext_lazy("Why do you ask less?"),
        help_text=gettext_lazy("Stands on the invoice beside what was taken off."),
        max_length=200,
        required=False,
    )

    def __init__(self, reckoned, *args, **kwargs):
        kwargs.setdefault("initial", {})["seen"] = str(reckoned.total)
        super().__init__(*args, **kwargs)
        self.reckoned = reckoned
        for index, line in self._lowerable():
            amount = Decimal(line["amount"])
            self.fields[f"line_{index}"] = MoneyField(
                label=line["label"],
                least=FREE,
                most=amount,
                initial=amount,
                error_messages={"too_much": _("A line can only be lowered: at most $%(most)s.")},
            )
            self.fields[f"line_{index}"].widget.attrs["data-most"] = line["amount"]

    def _lowerable(self):
        lines = enumerate(self.reckoned.lines)
        return [(index, line) for index, line in lines if Decimal(line["amount"]) > 0]

    @property
    def rows(self):
        """Each line of the price with its field, or None where it can't be changed."""
        return [
            (line, self[f"line_{index}"] if f"line_{index}" in self.fields else None)
            for index, line in enumerate(self.reckoned.lines)
        ]

    @property
    def total(self):
        """What is asked in all, in USD, as far as the form was filled in well."""
        return self.reckoned.total - self._taken_off() if self.is_bound else self.reckoned.total

    def _taken_off(self):
        lines = self.reckoned.lines
        return sum((Decimal(lines[at]["amount"]) - amount for at, amount in self.amounts.items()), FREE)

    def clean(self):
        given = super().clean()
        self.amounts = {}
        for index, line in self._lowerable():
            amount = given.get(f"line_{index}")
            if amount is not None and amount < Decimal(line["amount"]):
                self.amounts[index] = amount
        if self.amounts and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the practice asks less."))
        if self._taken_off() > self.reckoned.total:
            self.add_error(
                None, _("This takes off more than the whole price. The total can't be below $0.00.")
            )
        return given


class AgreedFeeForm(forms.Form):
    """The custodian's agreed cost of a copy, where the law names no figure."""

    fee = MoneyField(label=gettext_lazy("Agreed cost of a copy, in dollars"), most=Decimal("9999.99"))
