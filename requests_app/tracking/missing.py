""" "Something is missing": a delivery is completed free of charge, where that is said within 30 days (product 1.12)."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from chartrequest.forms import PlainTextField
from requests_app.access import with_record_request
from requests_app.refusing import refused_to


class SomethingMissingForm(forms.Form):
    """What the requestor looked for and did not find."""

    missing = PlainTextField(
        label=gettext_lazy("What is missing?"),
        help_text=gettext_lazy(
            "As exactly as you can: which records, of which dates, or which page numbers. The practice reads this."
        ),
        max_length=2000,
        multiline=True,
        error_messages={"required": gettext_lazy("Say what is missing.")},
    )

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("report_missing")
@refused_to("record_request")
def something_missing(request, record_request):
    """Ask what, say what happens next, and give the request back to the practice."""
    if not record_request.can("report_missing"):
        raise MoveRefused(record_request.why_not("report_missing"))
    if record_request.why_not_reopened:
        raise MoveRefused(record_request.why_not_reopened)
    form = SomethingMissingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        record_request.report_missing(by=request.member, missing=form.cleaned_data["missing"])
        said = {"id": record_request}
        messages.success(request, _("Request %(id)s is with the practice again, free of charge.") % said)
        return redirect(record_request)
    page = {"record_request": record_request, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "requests_app/tracking/something_missing.html", page, status=status)
