from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PlainTextField


class DependentForm(forms.Form):
    """Who a dependent is (product 4.3)."""

    twin = None  # whom the list holds already under this name and birth date

    first_name = PlainTextField(label=_("First name"), max_length=80)
    middle_name = PlainTextField(label=_("Middle name"), max_length=80, required=False)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    birth_date = DateField(label=_("Birth date"), past_only=True)
    grade = PlainTextField(label=_("Grade"), max_length=40, required=False)
    school = PlainTextField(label=_("School"), max_length=160, required=False)
    sports = PlainTextField(label=_("Sports"), max_length=200, required=False)

    def refuse(self, refusal):
        """Tell why it can't be kept as it is."""
        self.add_error(None, str(refusal))
        self.twin = getattr(refusal, "twin", None)
