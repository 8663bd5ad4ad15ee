from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PlainTextField
from requests_app.intake.forms.step import StepForm


class CaseForm(StepForm):
    """The firm's own number for the matter; custodians don't see it (product 5.10)."""

    name = "case"

    case_number = PlainTextField(
        label=_("Tracking or case number"),
        max_length=60,
        required=False,
        help_text=_("For your own files. Only people of your organization see it."),
    )

    def __init__(self, draft, member, data=None, **kwargs):
        super().__init__(draft, member, data, **kwargs)
        if member.organization.is_household:
            self.fields["case_number"].help_text = _("For your own files. The provider does not see it.")

    def said(self, draft):
        return {"case_number": draft.batch.case_number}

    def save(self, held, *, by):
        held.case_number = self.cleaned_data["case_number"]
        held.save(update_fields=["case_number", "updated_at"])
