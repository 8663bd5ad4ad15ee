from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PhoneField, PlainTextField, SsnField
from requests_app.intake import who
from requests_app.intake.forms.step import StepForm
from requests_app.models import Patient

FIELDS = ["first_name", "middle_name", "last_name", "birth_date", "phone", "email"]


class PatientForm(StepForm):
    """Whose records are asked for (product 5.3, step 1). A number once given is not shown again."""

    name = "patient"

    first_name = PlainTextField(label=_("First name"), max_length=80)
    middle_name = PlainTextField(label=_("Middle name"), max_length=80, required=False)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    birth_date = DateField(label=_("Birth date"), past_only=True)
    ssn = SsnField(
        label=_("Social Security number"),
        help_text=_("All nine digits, or only the last four. It helps to find the right person."),
    )
    remove_ssn = forms.BooleanField(label=_("Remove the number"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("Email"), required=False, max_length=254)

    def __init__(self, draft, member, data=None, **kwargs):
        patient = draft.batch.patient if draft else None
        self.choices = who.choices(member, patient)
        super().__init__(draft, member, data, **kwargs)
        if self.choices:
            self.fields["who"] = _who(self.choices)
        if self.chosen == who.ME and member.person.birth_date is None:
            self.fields["birth_date"].help_text = _(
                "MM/DD/YYYY. We keep it with your account, to fill in your next request."
            )
        # Another person's number is not to stay behind with this one's name.
        self.is_somebody_else = bool(patient and self.chosen and self.chosen != who.of(patient, member))
        last_four = patient.ssn_last_four if patient and not self.is_somebody_else else ""
        if last_four:
            self.fields["ssn"].help_text = _(
                "Kept: the number that ends in %(last_four)s. Leave this empty to keep it."
            ) % {"last_four": last_four}
        else:
            del self.fields["remove_ssn"]

    def said(self, draft):
        patient = draft.batch.patient
        said = {name: getattr(patient, name) for name in FIELDS}
        return said | {"who": who.of(patient, self.member)} if self.choices else said

    @property
    def chosen(self):
        """The key of whom the form is for, as far as it was said."""
        return self["who"].value() or "" if self.choices else ""

    def for_query(self, query):
        """Filled with what is known of whom the address names, where that is another than the form is for."""
        choice = self._choice(query.get("who"))
        if choice is None or choice.key == self.chosen:
            return self
        return type(self)(self.draft, self.member, initial=choice.fills | {"who": choice.key})

    def create(self, organization):
        """The patient of a new draft."""
        patient = Patient(organization=organization)
        self._write(patient)
        return patient

    def save(self, held, *, by):
        self._write(held.patient)
        if self.changed_data:
            for record_request in held.record_requests.all():
                record_request.record("patient_changed", by=by)

    def _write(self, patient):
        for name in FIELDS:
            setattr(patient, name, self.cleaned_data[name] or "")
        choice = self._choice(self.cleaned_data.get("who"))
        if choice:
            patient.dependent = choice.dependent
        patient.save()
        ssn = self.cleaned_data["ssn"]
        if ssn or self.cleaned_data.get("remove_ssn") or self.is_somebody_else:
            patient.keep_ssn(ssn)
        if choice and choice.key == who.ME:
            who.keep_birth_date(self.member.person, patient)

    def _choice(self, key):
        return next((one for one in self.choices if one.key == key), None)


def _who(choices):
    """A page carries the choice along; it is made by following a link, so that the fields are filled at once."""
    return forms.ChoiceField(
        label=_("Who are the records for?"),
        choices=[(one.key, one.label) for one in choices],
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _(
                "This person isn't in your list any more. Choose again whom the records are for."
            )
        },
    )


class CorrectedPatientForm(forms.Form):
    """Who the patient is, after the custodian could not find them (product 1.5)."""

    first_name = PlainTextField(label=_("First name"), max_length=80)
    middle_name = PlainTextField(label=_("Middle name"), max_length=80, required=False)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    birth_date = DateField(label=_("Birth date"), past_only=True)
