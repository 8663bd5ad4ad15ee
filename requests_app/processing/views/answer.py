"""Answering by a letter: "No records", "Deny"; each is asked on a page of its own, and signed (product 1.12)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from requests_app.access import with_record_request
from requests_app.processing import answering
from requests_app.processing.forms import DenyForm, NoRecordsForm
from requests_app.refusing import refused_to


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("state_no_records")
@refused_to("record_request")
def no_records(request, record_request):
    """The signed statement becomes the record; nothing is charged."""
    return _letter(request, record_request, "state_no_records", NoRecordsForm)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("deny")
@refused_to("record_request")
def deny(request, record_request):
    """The signed letter says why, whether a review can be asked for, and how to complain."""
    return _letter(request, record_request, "deny", DenyForm)


def _letter(request, record_request, move, form_class):
    """With `read` the letter is shown as it would go out; nothing is sent then."""
    if not record_request.can(move):
        raise MoveRefused(record_request.why_not(move))
    contact = answering.last_contact(record_request.custodian_organization)
    form = form_class(request.POST if request.method == "POST" else None, by=request.member, initial=contact)
    shown = {"record_request": record_request, "form": form, "pages": record_request.pages.kept().count()}
    if form.is_valid() and "read" in request.POST:
        shown["outcome"] = answering.unsent(record_request, form_class.kind, by=request.member, **form.said)
        shown["custodian"] = record_request.custodian
    elif form.is_valid():
        getattr(answering, move)(record_request, by=request.member, **form.said)
        said = {"id": record_request}
        messages.success(request, _("Request %(id)s is answered; the letter goes out now.") % said)
        return redirect(record_request)
    template = f"requests_app/processing/{form_class.kind}.html"
    return render(request, template, shown, status=422 if form.errors else 200)
