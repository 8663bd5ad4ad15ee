from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from chartrequest.forms import MoneyField, NpiField, PhoneField, PlainTextField
from chartrequest.forms.changes import ChangesForm, carry_along, changed_in
from directory.models import Custodian, Service

FREE = Decimal("0.00")
MOST = Decimal("99999.99")
FAX = _("Use a US fax number with its area code, like (602) 555-0143.")


class PlaceForm(ChangesForm):
    """Where a place is and how it is reached."""

    name = PlainTextField(label=_("Name of the place"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Custodian.Kind.choices,
        help_text=_("Some states set other fees for hospitals."),
    )
    specialty = PlainTextField(label=_("Specialty"), max_length=100, required=False)
    street = PlainTextField(label=_("Street"), max_length=200, required=False)
    city = PlainTextField(label=_("City"), max_length=100)
    state = forms.ChoiceField(
        label=_("State"), choices=STATE_CHOICES, help_text=_("Its law decides what copies may cost.")
    )
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?\Z",
        label=_("ZIP"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-code num"}),
        error_messages={"invalid": _("Use five digits, like 31201, or 31201-1234.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    fax = PhoneField(label=_("Fax"), required=False, error_messages={"invalid": FAX})
    email = forms.EmailField(label=_("Email"), required=False)


class DeliveryForm(ChangesForm):
    """How a place hands records over, and how fast."""

    offers_download = forms.BooleanField(label=_("Electronic download"), required=False)
    offers_fax = forms.BooleanField(label=_("Fax"), required=False)
    offers_rush = forms.BooleanField(
        label=_("Rush: records within 48 hours"),
        required=False,
        help_text=_("Rush requests stand first in your inbound list."),
    )
    rush_fee = MoneyField(
        label=_("Fee for rush, in dollars"),
        least=FREE,
        most=MOST,
        required=False,
        help_text=_(
            "On top of the copies. 0.00 means free. Patients who ask for their own records never pay it."
        ),
    )

    def clean(self):
        said = super().clean()
        if not (said.get("offers_download") or said.get("offers_fax")):
            self.add_error("offers_download", _("Offer at least one way to deliver the records."))
        if said.get("rush_fee") is None and "rush_fee" not in self.errors:
            if said.get("offers_rush"):
                self.add_error("rush_fee", _("Fill in the fee, or 0.00 where rush is free."))
            said["rush_fee"] = self.initial["rush_fee"]
        return said


class ServicesForm(forms.Form):
    """Each service there is: offered or not, and its fee."""

    def __init__(self, services, data=None):
        super().__init__(data)
        there = {one.kind: one for one in services}
        for kind, label in Service.Kind.choices:
            row = there.get(kind)
            self.fields[f"{kind}_offered"] = forms.BooleanField(
                label=label, required=False, initial=bool(row and row.is_offered)
            )
            self.fields[f"{kind}_fee"] = MoneyField(
                label=_("Fee: %(service)s") % {"service": label},
                least=FREE,
                most=MOST,
                required=False,
                initial=row.fee if row else None,
            )

        carry_along(self)

    @property
    def rows(self):
        """The two fields of each service."""
        return [(self[f"{kind}_offered"], self[f"{kind}_fee"]) for kind in Service.Kind.values]

    def clean(self):
        said = super().clean()
        for kind in Service.Kind.values:
            lacks_fee = said.get(f"{kind}_fee") is None and f"{kind}_fee" not in self.errors
            if said.get(f"{kind}_offered") and lacks_fee:
                self.add_error(f"{kind}_fee", _("Fill in the fee, or 0.00 where it is free."))
        return said

    def said(self):
        """`{kind: (is_offered, fee)}` of the services that were changed."""
        changed = {name.rpartition("_")[0] for name in changed_in(self)}
        return {
            kind: (self.cleaned_data[f"{kind}_offered"], self.cleaned_data[f"{kind}_fee"])
            for kind in Service.Kind.values
            if kind in changed
        }


class FormOfferedForm(ChangesForm):
    """A type of form that patients may ask for."""

    name = PlainTextField(
        label=_("Name of the form"), max_length=80, help_text=_("As patients know it: “Sports physical”.")
    )
    fee = MoneyField(label=_("Fee, in dollars"), least=FREE, most=MOST, help_text=_("0.00 means free."))
    is_offered = forms.BooleanField(label=_("Offered to patients"), required=False, initial=True)

    def __init__(self, row, data=None):
        super().__init__(row, data)
        if row is None:
            self.initial = {"is_offered": True}


class PhysicianForm(ChangesForm):
    """Who they are and where they are reached."""

    name = PlainTextField(label=_("Name"), max_length=160)
    npi = NpiField(required=False, help_text=_("Ten digits, if you know it."))
    phone = PhoneField(label=_("Phone"), required=False)
    fax = PhoneField(label=_("Fax"), required=False, error_messages={"invalid": FAX})
    address = PlainTextField(label=_("Address"), max_length=300, required=False)
