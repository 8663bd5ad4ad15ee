from django import forms

from sandbox.bank import faults
from sandbox.models import Item, Switch

DECLINES = (
    "generic_decline",
    "insufficient_funds",
    "expired_card",
    "incorrect_cvc",
    "processing_error",
    "authentication_required",
)


class TrayFilter(forms.Form):
    to = forms.CharField(required=False, label="Recipient", max_length=320)
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *Item.Kind.choices])

    def found(self):
        """The items that match; all of them while the filter is wrong."""
        items = Item.objects.defer("pdf")
        if not self.is_valid():
            return items
        if self.cleaned_data["to"]:
            items = items.filter(to__icontains=self.cleaned_data["to"].strip())
        if self.cleaned_data["kind"]:
            items = items.filter(kind=self.cleaned_data["kind"])
        return items


class SwitchForm(forms.Form):
    to = forms.CharField(label="Address or number", max_length=320, help_text="* is everybody.")
    outcome = forms.ChoiceField(choices=Switch.Outcome.choices)


class FaultForm(forms.Form):
    kind = forms.ChoiceField(
        label="What goes wrong next",
        choices=[
            ("Charges", [(f"decline:{code}", f"Decline: {code}") for code in DECLINES]),
            ("The line", [(kind, kind.replace("_", " ").capitalize()) for kind in faults.WIRE]),
        ],
    )
