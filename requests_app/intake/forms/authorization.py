from django import forms
from django.utils.translation import gettext_lazy as _

from documents.kinds import ALLOWANCES, MIB
from requests_app.authorizations.forms import PatientAddressForm
from requests_app.intake import papers
from requests_app.models import Authorization


class UploadForm(forms.Form):
    """An authorization on paper or as a file, and what kind of one it is."""

    kind = forms.ChoiceField(
        label=_("Type of authorization"),
        choices=[("", _("Choose a type")), *Authorization.Kind.choices],
        error_messages={"required": _("Say what kind of authorization this is.")},
    )
    file = forms.FileField(
        label=_("Authorization file"),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )

    def __init__(self, record_request, data=None, files=None):
        self.record_request = record_request
        super().__init__(data, files, prefix=f"up-{record_request.public_id}", use_required_attribute=False)
        allowed = ALLOWANCES[papers.allowed_use(record_request.batch)]
        self.fields["file"].help_text = _("%(kinds)s; at most %(size)s MB.") % {
            "kinds": allowed.words,
            "size": allowed.size // MIB,
        }


class AskPatientForm(PatientAddressForm):
    """Where the patient gets the link to read and sign."""

    def __init__(self, record_request, data=None):
        self.record_request = record_request
        patient = record_request.batch.patient
        super().__init__(
            data,
            prefix=f"ask-{record_request.public_id}",
            initial={"email": patient.email, "phone": patient.phone},
            use_required_attribute=False,
        )
