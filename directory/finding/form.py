from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from chartrequest.forms import NpiField, PlainTextField
from directory.finding import places
from directory.finding.asking import Search
from directory.finding.find import find

ADVANCED = ("city", "zip_code", "specialty", "npi")


class SearchForm(forms.Form):
    """Whom to list where a custodian is chosen (product 3.1, 3.2, 3.4). `home` is a ZIP code to look around from."""

    says_optional = False  # of a search everything is
    near_miles = places.NEAR_MILES

    name = PlainTextField(label=_("Facility or physician"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *STATE_CHOICES]
    )
    favorites = forms.BooleanField(label=_("Favorites"), required=False)
    nearby = forms.BooleanField(label=_("Nearby"), required=False)
    city = PlainTextField(label=_("City"), max_length=60, required=False)
    zip_code = forms.RegexField(
        r"^\d{3,5}(-\d{4})?$",
        label=_("ZIP code"),
        max_length=10,
        required=False,
        error_messages={"invalid": _("Write five digits, or the first three or four of them.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    specialty = PlainTextField(label=_("Specialty"), max_length=60, required=False)
    npi = NpiField(label=_("NPI"), required=False)

    def __init__(self, *args, home="", **options):
        super().__init__(*args, **options)
        self.home = home
        self.fields["name"].widget.attrs |= {"type": "search", "autocomplete": "off", "autofocus": True}
        self.order_fields(["name", "state", "favorites", "nearby", *ADVANCED])

    def clean(self):
        said = super().clean()
        self.near, self.around = None, ""  # a point, and the ZIP code that stands for it
        if said.get("nearby") and "zip_code" not in self.errors:
            self.around = (said.get("zip_code") or self.home)[:5]
            self.near = places.where(self.around)
            if self.near is None:
                self.add_error("zip_code", _("Write the ZIP code to look around."))
        return said

    @property
    def is_advanced(self):
        """Whether the fields of "Advanced Search" are open: something is in them, or is wrong there."""
        return any(self[name].value() or self[name].errors for name in ADVANCED)

    @property
    def asked(self):
        """The fields that were filled in, as texts."""
        return {
            name: str(value) if value is not True else "on"
            for name, value in self.cleaned_data.items()
            if value and name != "favorites"
        }

    def found(self, starred):
        """The results, at most 200; of `starred` custodians alone where favorites are asked for."""
        said = self.cleaned_data
        search = Search(
            name=said["name"],
            state=said["state"],
            city=said["city"],
            zip_code="" if self.near else said["zip_code"],
            specialty=said["specialty"],
            npi=said["npi"],
            near=self.near,
            home=places.where(self.home),
            starred=frozenset(starred),
        )
        return find(search, among=starred if said["favorites"] else None)
