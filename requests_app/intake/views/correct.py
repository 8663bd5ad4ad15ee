"""Correcting one request: its custodian sent it back, or it waits for a signature (product 1.5)."""

from contextlib import contextmanager, nullcontext

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.models import MoveRefused
from requests_app import permissions
from requests_app.access import with_record_request
from requests_app.intake import papers
from requests_app.intake.forms.authorization import UploadForm
from requests_app.intake.forms.details import SpecificationForm
from requests_app.intake.forms.patient import CorrectedPatientForm
from requests_app.intake.specifying import specify
from requests_app.intake.views.authorization import discarding, read
from requests_app.models import State

to_correct = with_record_request(allowed=permissions.can_ask)


@require_http_methods(["GET", "HEAD", "POST"])
@to_correct
def correct(request, record_request):
    """What is asked and the authorization, to be mended; POST keeps what is asked, and a chosen file."""
    if request.method == "POST":
        if refused := _take_over(request, record_request, details=True):
            return refused
        messages.success(request, _("Saved. Send it back to the provider when everything is right."))
        return redirect("request_correct", record_request.public_id)
    if not is_correctable(record_request):
        messages.error(request, record_request.why_not("resubmit"))
        return redirect(record_request)
    return _show(request, record_request)


@require_POST
@to_correct
def replace_authorization(request, record_request):
    """Give a new authorization; the one before is kept, and no longer counts."""
    if refused := _take_over(request, record_request, paper=True):
        return refused
    messages.success(request, _("The new authorization is here. The earlier one no longer counts."))
    return redirect("request_correct", record_request.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@to_correct
def correct_patient(request, record_request):
    """The patient's name and birth date, for this request alone; a signature for somebody else no longer counts."""
    form = CorrectedPatientForm(request.POST or None, initial=_patient_as_given(record_request))
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            with correcting(record_request) as row:
                _only_sent_back(row)
                row.patient = row.patient.corrected(**form.cleaned_data)
                row.save(update_fields=["patient", "updated_at"])
                row.record("patient_changed", by=request.member)
        messages.success(request, _("Saved. Send it back to the provider when everything is right."))
        return redirect("request_correct", record_request.public_id)
    if record_request.state != State.INCOMPLETE:
        messages.error(request, record_request.why_not("resubmit"))
        return redirect(record_request)
    context = {"record_request": record_request, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "requests_app/intake/correct_patient.html", context, status=status)


def _patient_as_given(record_request):
    return {name: getattr(record_request.patient, name) for name in CorrectedPatientForm.base_fields}


@require_POST
@to_correct
def resubmit(request, record_request):
    """Back to the custodian; or on its way for the first time, where a signature was waited for.

    What was changed or chosen on the page and not saved before goes along: nobody means to leave it behind.
    """
    if refused := _take_over(request, record_request):
        return refused
    record_request.refresh_from_db()
    if record_request.state == State.DRAFT and record_request.awaiting_signature:
        record_request.submit(by=request.member)
    else:
        record_request.resubmit(by=request.member)
    messages.success(request, _("Sent to %(name)s.") % {"name": record_request.custodian})
    return redirect(record_request)


def _take_over(request, record_request, *, details=False, paper=False):
    """Keep what the page holds of the two parts, at least those that are named; the answer if one is refused."""
    details = details or any(name.startswith(f"{record_request.public_id}-") for name in request.POST)
    form = SpecificationForm(_with_offer(record_request), request.POST) if details else None
    upload_form = None
    if paper or request.FILES:
        upload_form = UploadForm(record_request, request.POST, request.FILES)
    if form and not form.is_valid():
        return _show(request, record_request, form=form, upload_form=upload_form, status=422)
    document = upload_form and read(upload_form, record_request.batch, request.member)
    if upload_form and document is None:
        return _show(request, record_request, form=form, upload_form=upload_form, status=422)
    with discarding(document) if document else nullcontext(), correcting(record_request) as row:
        if form:
            _only_sent_back(row)
            specify(_with_offer(row), form.wish, by=request.member)
        if document:
            papers.give(row, by=request.member, kind=upload_form.cleaned_data["kind"], document=document)
    return None


def is_correctable(record_request):
    return record_request.state == State.INCOMPLETE or record_request.awaiting_signature


@contextmanager
def correcting(record_request):
    """Hold the row while it is mended. Raises MoveRefused if it moved on meanwhile."""
    with transaction.atomic():
        row = record_request.locked()
        if not is_correctable(row):
            raise MoveRefused(row.why_not("resubmit"))
        yield row


def _only_sent_back(row):
    """The patient signs for what was asked; while the link is out it stays as it was."""
    if row.state != State.INCOMPLETE:
        raise MoveRefused(row.why_not("resubmit"))


def _with_offer(record_request):
    custodian = record_request.custodian
    custodian.offered = list(custodian.services.filter(is_offered=True))
    return record_request


def _show(request, record_request, *, form=None, upload_form=None, status=200):
    context = {
        "record_request": record_request,
        "paper": record_request.authorization,
        "form": form or SpecificationForm(_with_offer(record_request)),
        "upload_form": upload_form or UploadForm(record_request),
        "is_sent_back": record_request.state == State.INCOMPLETE,
    }
    return render(request, "requests_app/intake/correct.html", context, status=status)
