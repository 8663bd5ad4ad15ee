from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from accounts.models import Role
from accounts.own_account.forms import ZONES
from chartrequest.forms import NpiField, PhoneField, PlainTextField
from chartrequest.forms.changes import ChangesForm

CHOOSE = ("", _("Choose one"))


class FactsForm(ChangesForm):
    """What an organization is called, where it is and how it is reached."""

    name = PlainTextField(label=_("Name of the organization"), max_length=200)
    npi = NpiField(required=False, help_text=_("Ten digits. Once it is set, only we can change it."))
    street = PlainTextField(label=_("Street"), max_length=200, required=False)
    city = PlainTextField(label=_("City"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[CHOOSE, *STATE_CHOICES], required=False)
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?\Z",
        label=_("ZIP"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-code num"}),
        error_messages={"invalid": _("Use five digits, like 31201, or 31201-1234.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    fax = PhoneField(label=_("Fax"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Members who chose none of their own see times in it.")
    )

    def __init__(self, organization, data=None):
        super().__init__(organization, data)
        zone = organization.time_zone
        self.fields["time_zone"].choices = [
            *ZONES,
            *([] if zone in dict(ZONES) else [(zone, zone)]),
        ]
        if not organization.is_provider or organization.npi:
            del self.fields["npi"]


class RoleForm(forms.Form):
    """One of the organization's roles that `by` may give; keeps to what they may do themselves."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none(), empty_label=_("Choose one"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        roles = by.organization.roles.all()
        self.fields["role"].queryset = roles.filter(pk__in=[one.pk for one in roles if one.is_within(by)])


class InviteForm(RoleForm):
    name = PlainTextField(label=_("Name"), max_length=160)
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("The link works only for this address."),
        error_messages={"required": _("Fill in the email address.")},
    )

    field_order = ["name", "email", "role"]
