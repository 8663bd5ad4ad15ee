"""Taking the one extension of a patient's own request."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from requests_app import permissions, right_of_access
from requests_app.access import with_record_request
from requests_app.processing import extending
from requests_app.processing.forms import ExtendForm
from requests_app.refusing import refused_to


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request(allowed=permissions.can_price)
@refused_to("record_request")
def extend_answer(request, record_request):
    """Say until when, ask why, and tell the patient."""
    if refusal := right_of_access.why_not_extended(record_request):
        raise MoveRefused(refusal)
    form = ExtendForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    until = right_of_access.answer_by_if_extended(record_request)
    if form.is_valid():
        extending.extend(record_request, by=request.member, why=form.cleaned_data["why"])
        said = {"day": date_format(until, "M j, Y")}
        messages.success(request, _("Answered by %(day)s at the latest now. The patient is told.") % said)
        return redirect(record_request)
    shown = {"record_request": record_request, "form": form, "until": until}
    shown["first"] = right_of_access.answer_by(record_request)
    return render(request, "requests_app/processing/extend.html", shown, status=422 if form.is_bound else 200)
