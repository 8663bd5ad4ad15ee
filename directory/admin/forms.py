"""What ops type about custodians."""

from django import forms
from django.utils.html import format_html, format_html_join
from localflavor.us.us_states import STATE_CHOICES

from chartrequest.forms import EmailField, NpiField, PhoneField, PlainTextField
from directory.models import Custodian

WIDE = {"class": "vTextField"}


class FactsForm(forms.Form):
    """The facts of a custodian that ops list."""

    name = PlainTextField(max_length=200, widget=forms.TextInput(attrs=WIDE))
    kind = forms.ChoiceField(
        choices=Custodian.Kind.choices,
        initial=Custodian.Kind.PHYSICIAN,
        help_text="Some states set other fees for hospitals.",
    )
    npi = NpiField(required=False, help_text="Its entry of the registry is then not listed for itself.")
    specialty = PlainTextField(max_length=100, required=False)
    street = PlainTextField(max_length=200, required=False, widget=forms.TextInput(attrs=WIDE))
    city = PlainTextField(max_length=100)
    state = forms.ChoiceField(choices=[("", "---------"), *STATE_CHOICES])
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?\Z",
        label="ZIP",
        required=False,
        error_messages={"invalid": "Use five digits, like 31201, or 31201-1234."},
    )
    phone = PhoneField(required=False)
    fax = PhoneField(required=False)
    email = EmailField(required=False)

    @classmethod
    def begun_with(cls, facts, data=None):
        """The form with what is known of the place; whatever it has no field for is passed over."""
        initial = {name: said for name, said in facts.items() if name in cls.base_fields}
        return cls(data, initial={"kind": Custodian.Kind.of_npi(facts.get("npi"))} | initial)


class CustodianField(forms.CharField):
    """Which custodian: by its number, or by its NPI. Cleans to a row that is listed.

    `likely` are offered to choose from as one types.
    """

    def __init__(self, **options):
        super().__init__(max_length=20, help_text="Its number or its NPI.", **options)

    def clean(self, value):
        typed = super().clean(value).strip()
        found = None
        if typed.isascii() and typed.isdigit():
            by_number = Custodian.objects.listed().filter(pk=int(typed)) if len(typed) < 10 else None
            found = by_number.first() if by_number is not None else Custodian.objects.of_npi(typed).first()
        if found is None:
            raise forms.ValidationError("No custodian has this number or this NPI.")
        return found


class WhichForm(forms.Form):
    """Which custodian is meant."""

    custodian = CustodianField()

    def __init__(self, data=None, likely=()):
        super().__init__(data)
        if likely:
            named = format_html_join(
                "", '<div><a href="../../../custodian/{0}/change/">{0}</a>: {1}, {2}</div>',
                [(one.pk, one.name, one.address) for one in likely],
            )  # fmt: skip
            self.fields["custodian"].help_text = format_html("Its number or its NPI. Likely ones:{}", named)


class MergeForm(WhichForm):
    """Which custodian stays. Whom a number stands for is shown first, since a merge can't be undone."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        said = super().clean()
        stays = said.get("custodian")
        if stays and said.get("seen") != str(stays.pk):
            self.data = self.data.copy()
            self.data["seen"] = stays.pk
            raise forms.ValidationError(
                f"{stays.name}, {stays.address} (number {stays.pk}) is the one that stays. If that is right, "
                "press the button once more."
            )
        return said


class AnswerForm(forms.Form):
    """Why a suggestion is declined."""

    answer = PlainTextField(
        max_length=500,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Whoever suggested it reads this. No health information.",
    )
