"""The forms of the wizard. Each knows its `name`, starts from the draft, saves itself into the batch."""

from requests_app.intake.forms.case import CaseForm
from requests_app.intake.forms.delivery import DeliveryForm
from requests_app.intake.forms.details import Specifications
from requests_app.intake.forms.patient import PatientForm
from requests_app.intake.forms.payment import PaymentForm

FORMS = {form.name: form for form in (PatientForm, CaseForm, Specifications, DeliveryForm, PaymentForm)}

__all__ = ["FORMS", "CaseForm", "DeliveryForm", "PatientForm", "PaymentForm", "Specifications"]
