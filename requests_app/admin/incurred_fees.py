from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from audit.models import MoveRefused
from billing.models import IncurredFee
from chartrequest.admin import ReadOnly
from chartrequest.forms import MoneyField, PlainTextField
from requests_app.models import RecordRequest
from requests_app.tracking import incurring
from requests_app.tracking.status_check import RequestIdField


class IncurredFeeForm(forms.ModelForm):
    """A bill of somebody else's for one request."""

    request_id = RequestIdField(label="Request ID")
    amount = MoneyField(most=99_999)
    note = PlainTextField(max_length=200, help_text="Number of their bill or of the transfer; no names.")

    class Meta:
        model = IncurredFee
        fields = ["request_id", "kind", "amount", "note"]

    def clean_request_id(self):
        public_id = self.cleaned_data["request_id"]
        found = RecordRequest.objects.filter(public_id=public_id).first()
        if found is None:
            raise ValidationError("No request has this ID.")
        return found

    def clean(self):
        said = super().clean()
        if not self.errors:
            try:
                incurring.check(said["request_id"])
            except MoveRefused as refusal:
                self.add_error("request_id", str(refusal))
        return said


@admin.register(IncurredFee)
class IncurredFeeAdmin(ReadOnly):
    """What others charged: it stands on the bill of a cancellation. Nothing is edited; a mistake is withdrawn."""

    form = IncurredFeeForm
    list_display = ["record_request", "kind", "amount", "note", "recorded_by", "recorded_at", "withdrawn_at"]
    list_filter = ["kind", "recorded_at"]
    list_select_related = ["record_request", "recorded_by"]
    search_fields = ["record_request__public_id", "note"]
    actions = ["withdraw"]

    def has_add_permission(self, request):
        return request.user.has_perm("billing.add_incurredfee")

    def add_view(self, request, form_url="", extra_context=None):
        title = {"title": "Write down a fee of others", **(extra_context or {})}
        response = super().add_view(request, form_url, title)
        if request.method == "POST" and response.status_code == 200:  # the form came back with errors
            response.status_code = 422
        return response

    def save_model(self, request, obj, form, change):
        said = form.cleaned_data
        made = incurring.incur(
            said["request_id"], kind=said["kind"], amount=said["amount"], note=said["note"], by=request.user
        )
        obj.__dict__.update({name: value for name, value in made.__dict__.items() if name != "_state"})

    @admin.action(description="Withdraw: it was a mistake", permissions=["add"])
    def withdraw(self, request, fees):
        for fee in fees:
            try:
                incurring.withdraw(fee, by=request.user)
            except MoveRefused as refusal:
                self.message_user(request, f"{fee.record_request}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{fee.record_request}: {fee} is withdrawn.")
