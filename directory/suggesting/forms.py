from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from chartrequest.forms import EmailField, NpiField, PhoneField, PlainTextField
from directory.models import Custodian, RegistryEntry
from directory.organization.forms import FAX

WAYS = ("street", "phone", "fax", "email")


class SuggestionForm(forms.Form):
    """Who it is and how it is reached; a name, a state and one way at least."""

    name = PlainTextField(label=_("Name"), max_length=200, help_text=_("Of the facility, or the physician."))
    street = PlainTextField(label=_("Street"), max_length=200, required=False)
    city = PlainTextField(label=_("City"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Choose a state")), *STATE_CHOICES])
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?\Z",
        label=_("ZIP"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-code num", "inputmode": "numeric"}),
        error_messages={"invalid": _("Use five digits, like 31201, or 31201-1234.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    fax = PhoneField(label=_("Fax"), required=False, error_messages={"invalid": FAX})
    email = EmailField(label=_("Email"), required=False)
    npi = NpiField(required=False, help_text=_("Ten digits, if you know it."))
    is_another = forms.BooleanField(
        label=_("It is another one, at another place"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():  # what a browser knows of whoever types is not what is asked
            field.widget.attrs["autocomplete"] = "off"

    def ask_whether_another(self, there):
        """Let them say that it isn't the one that was found by its name."""
        if not there.by_npi:
            self.fields["is_another"].widget = forms.CheckboxInput()

    def clean(self):
        said = super().clean()
        if not any(said.get(way) or way in self.errors for way in WAYS):
            self.add_error("phone", _("Tell us one way to reach it: a street, a phone, a fax or an email."))
        if said.get("street") and not (said.get("city") or "city" in self.errors):
            self.add_error("city", _("Fill in the city of this street."))
        return said

    @property
    def facts(self):
        """The suggested facts, by field."""
        return {name: said for name, said in self.cleaned_data.items() if name != "is_another"}


class FollowForm(forms.Form):
    """Which suggestion, by what was typed: nobody follows one by its number."""

    name = PlainTextField(max_length=200)
    state = forms.ChoiceField(choices=STATE_CHOICES)
    npi = NpiField(required=False)


class InviteForm(forms.Form):
    """Whom to invite: a listed custodian by its number, or an entry of the registry by its NPI. Cleans to `wanted`."""

    custodian = forms.IntegerField(min_value=1, max_value=2**31, required=False)
    npi = NpiField(required=False)

    def clean(self):
        said = super().clean()
        listed = Custodian.objects.listed().filter(pk=said.get("custodian") or None).first()
        entries = RegistryEntry.objects.filter(deactivated_on=None)
        said["wanted"] = listed or entries.filter(pk=said.get("npi") or None).first()
        if said["wanted"] is None:
            raise forms.ValidationError(_("Choose whom to invite."))
        return said
