import re
from functools import cached_property

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from billing.models import Card, CardAgreement, Ceiling
from chartrequest.forms import PlainTextField
from requests_app.intake.forms.step import StepForm
from requests_app.models import Batch

MOST_INITIALS = 5


class PaymentForm(StepForm):
    """By check, or by a saved card of this person or one that a colleague shares.

    A patient agrees by initials that the card is charged by itself (product 4.5). Professionals may, where their
    organization has set a ceiling; without one they are always asked.
    """

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
    initials = PlainTextField(
        label=_("Your initials"),
        max_length=10,
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
        error_messages={"required": _("Type your initials, so that the card may be charged.")},
    )
    by_itself = forms.BooleanField(label=_("Charge this card by itself"), required=False)

    def __init__(self, draft, member, data=None, **kwargs):
        self.ceiling = Ceiling.of(member.organization)
        super().__init__(draft, member, data, **kwargs)
        self.fields["card"].choices = [(card.pk, str(card)) for card in self.cards]
        if not self.asks_initials:
            del self.fields["initials"]
        elif data and data.get("pay_by") == Batch.PayBy.CHECK:
            self.fields["initials"].required = False
        if self.asks_initials or self.ceiling is None:
            del self.fields["by_itself"]

    @property
    def asks_initials(self):
        return self.member.organization.is_household

    @cached_property
    def cards(self):
        return list(Card.objects.usable_by(self.member))

    def said(self, draft):
        agreement = draft.batch.card_agreement
        only = self._only_card() if not draft.batch.card_id else None
        return {
            "pay_by": draft.batch.pay_by,
            "card": draft.batch.card_id or (only and only.pk),
            "initials": agreement.initials if agreement else "",
            "by_itself": agreement is not None,
        }

    def _only_card(self):
        """The one card there is to choose, so that nobody who has just added it has to choose it too."""
        usable = [card for card in self.cards if not card.is_expired]
        return usable[0] if len(usable) == 1 else None

    def clean_card(self):
        chosen = self.cleaned_data["card"]
        return next((card for card in self.cards if str(card.pk) == chosen), None)

    def clean_initials(self):
        """Letters alone: "T. W." is TW."""
        letters = re.sub(r"[ .]", "", self.cleaned_data["initials"])
        if letters and not (letters.isalpha() and len(letters) <= MOST_INITIALS):
            raise forms.ValidationError(say("Use the first letters of your names, like TW."))
        return letters.upper()

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
        said = self.cleaned_data
        held.pay_by = said["pay_by"]
        held.card = said["card"] if held.pay_by == Batch.PayBy.CARD else None
        held.card_agreement = self._agreement(held, by)
        held.save(update_fields=["pay_by", "card", "card_agreement", "updated_at"])

    def _agreement(self, held, by):
        """The word that is given with this form: the one there was where it is the same, or a new one."""
        initials = self.cleaned_data.get("initials", "")
        if held.card is None or not (initials or self.cleaned_data.get("by_itself")):
            return None
        given = {
            "organization_id": held.organization_id,
            "person_id": by.person_id,
            "card": held.card,
            "up_to": self.ceiling,
            "initials": initials,
        }
        before = held.card_agreement
        if before and all(getattr(before, name) == value for name, value in given.items()):
            return before
        return CardAgreement.objects.create(**given)
