from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PhoneField, PlainTextField, SsnField
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
        super().__init__(draft, member, data, **kwargs)
        last_four = draft.batch.patient.ssn_last_four if draft else ""
        if last_four:
            self.fields["ssn"].help_text = _(
                "Kept: the number that ends in %(last_four)s. Leave this empty to keep it."
            ) % {"last_four": last_four}
        else:
            del self.fields["remove_ssn"]

    def said(self, draft):
        return {name: getattr(draft.batch.patient, name) for name in FIELDS}

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
        patient.save()
        ssn = self.cleaned_data["ssn"]
        if ssn or self.cleaned_data.get("remove_ssn"):
            patient.keep_ssn(ssn)


class CorrectedPatientForm(forms.Form):
    """Who the patient is, after the custodian could not find them (product 1.5)."""

    first_name = PlainTextField(label=_("First name"), max_length=80)
    middle_name = PlainTextField(label=_("Middle name"), max_length=80, required=False)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    birth_date = DateField(label=_("Birth date"), past_only=True)
