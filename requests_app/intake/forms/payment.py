from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Card
from requests_app.intake.forms.step import StepForm
from requests_app.models import Batch


class PaymentForm(StepForm):
    """By check, or by a saved card of this person or one that a colleague shares."""

    name = "payment"

    pay_by = forms.ChoiceField(
        label=_("Payment method"),
        choices=Batch.PayBy.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--cards"}),
        error_messages={"required": _("Choose how you pay.")},
    )
    card = forms.ChoiceField(
        label=_("Which card"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the cards listed here.")},
    )

    def __init__(self, draft, member, data=None, **kwargs):
        super().__init__(draft, member, data, **kwargs)
        self.fields["card"].choices = [(card.pk, str(card)) for card in self.cards]

    @cached_property
    def cards(self):
        return list(Card.objects.usable_by(self.member))

    def said(self, draft):
        return {"pay_by": draft.batch.pay_by, "card": draft.batch.card_id}

    def clean_card(self):
        chosen = self.cleaned_data["card"]
        return next((card for card in self.cards if str(card.pk) == chosen), None)

    def clean(self):
        said = self.cleaned_data
        if said.get("pay_by") != Batch.PayBy.CARD or "card" in self.errors:
            return said
        if said["card"] is None:
            self.add_error("card", _("Choose a card, or add one."))
        elif said["card"].is_expired:
            self.add_error("card", _("This card has expired. Choose another one, or add one."))
        return said

    def save(self, held, *, by):
        held.pay_by = self.cleaned_data["pay_by"]
        held.card = self.cleaned_data["card"] if held.pay_by == Batch.PayBy.CARD else None
        held.save(update_fields=["pay_by", "card", "updated_at"])
