from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PhoneField, PlainTextField
from requests_app.intake.forms.step import StepForm
from requests_app.models import Batch
from requests_app.reasons import Reason

FIELDS = ["delivery", "return_fax", "reasons", "comment"]


class DeliveryForm(StepForm):
    """How the records come back, why they are asked for, a comment: one answer for all custodians."""

    name = "delivery"

    delivery = forms.ChoiceField(
        label=_("Delivery"),
        choices=Batch.Delivery.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--cards"}),
        error_messages={"required": _("Choose how the records come to you.")},
    )
    return_fax = PhoneField(
        label=_("Return fax number"),
        required=False,
        help_text=_("Only for fax return."),
        error_messages={"invalid": _("Use a US fax number with its area code, like (602) 555-0143.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("Select reason(s)"),
        choices=Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    comment = PlainTextField(
        label=_("Comment for the providers"), max_length=2000, required=False, multiline=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Patients owe nobody a reason (product 1.4).
        self.fields["reasons"].required = not self.draft.batch.organization.is_household

    def said(self, draft):
        return {name: getattr(draft.batch, name) for name in FIELDS}

    def clean(self):
        said = self.cleaned_data
        by_fax = said.get("delivery") == Batch.Delivery.FAX
        if by_fax and not said.get("return_fax") and "return_fax" not in self.errors:
            self.add_error("return_fax", _("Fill in the fax number that the records go to."))
        return said

    def save(self, held, *, by):
        if held.delivery != self.cleaned_data["delivery"]:
            held.withdraw_estimate()
        for name in FIELDS:
            value = self.cleaned_data[name]
            setattr(held, name, "" if value is None else value)
        held.save(update_fields=[*FIELDS, "updated_at"])

    def custodians_without(self, delivery):
        """The names of chosen custodians that don't offer this delivery."""
        offer = {Batch.Delivery.DOWNLOAD: "offers_download", Batch.Delivery.FAX: "offers_fax"}[delivery]
        chosen = [one.custodian for one in self.draft.record_requests]
        return [custodian.name for custodian in chosen if not getattr(custodian, offer)]

    @property
    def not_offered(self):
        """A sentence for each delivery that some of the chosen custodians don't offer."""
        said = {
            Batch.Delivery.DOWNLOAD: _("%(names)s: no electronic download. These records come another way."),
            Batch.Delivery.FAX: _("%(names)s: no fax return. These records come another way."),
        }
        found = ((said[one], self.custodians_without(one)) for one in Batch.Delivery)
        return [sentence % {"names": ", ".join(names)} for sentence, names in found if names]
