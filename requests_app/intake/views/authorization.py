from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import previews, serve
from documents.intake import FileRefused
from requests_app.intake import papers
from requests_app.intake.draft import AUTHORIZATION, Draft
from requests_app.intake.editing import asked_or_404, editing, with_draft
from requests_app.intake.forms.authorization import AskPatientForm, UploadForm
from requests_app.intake.views.pages import page, with_query


@require_safe
@with_draft
def authorization(request, batch):
    """For each custodian: its authorization, or the two ways to give one."""
    return _show(request, Draft(batch))


@require_POST
@with_draft
def upload(request, batch, public_id):
    """Take in a file as the authorization of one custodian."""
    record_request = asked_or_404(batch, public_id)
    record_request.batch = batch
    form = UploadForm(record_request, request.POST, request.FILES)
    document = read(form, batch, request.member)
    if document is None:
        return _show(request, Draft(batch), bound=form, status=422)
    with discarding(document), editing(batch):
        record_request = asked_or_404(batch, public_id)
        papers.give(record_request, by=request.member, kind=form.cleaned_data["kind"], document=document)
    return redirect(_here(batch, record_request))


@require_POST
@with_draft
def ask_patient(request, batch, public_id):
    """Have the patient sign it by a link, sent by "Submit Request"."""
    record_request = asked_or_404(batch, public_id)
    record_request.batch = batch
    form = AskPatientForm(record_request, request.POST)
    if not form.is_valid():
        return _show(request, Draft(batch), bound=form, status=422)
    with editing(batch):
        record_request = asked_or_404(batch, public_id)
        papers.ask_patient(record_request, by=request.member, **form.cleaned_data)
    return redirect(_here(batch, record_request))


@require_POST
@with_draft
def use_for_all(request, batch, public_id):
    """ "Use this authorization for all providers": for those that have none yet."""
    asked_or_404(batch, public_id)
    with editing(batch) as held:
        record_requests = Draft(held).record_requests
        source = next((one for one in record_requests if one.public_id == public_id), None)
        if source is None or source.paper is None:
            raise Http404
        count = papers.share(source, record_requests, by=request.member)
    told = ngettext("Used for %(count)s more provider.", "Used for %(count)s more providers.", count)
    messages.success(request, told % {"count": count})
    return redirect("wizard_authorization", batch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete(request, batch, public_id):
    """Take an authorization away again; asked first."""
    record_request = asked_or_404(batch, public_id)
    if record_request.authorization is None:
        return redirect("wizard_authorization", batch.pk)
    if request.method == "POST":
        with editing(batch):
            papers.withdraw(record_request)
            record_request.record("authorization_removed", by=request.member)
        return redirect(_here(batch, record_request))
    context = {"batch": batch, "record_request": record_request, "paper": record_request.authorization}
    return render(request, "requests_app/intake/delete_authorization.html", context)


@require_safe
@with_draft
def thumbnail(request, batch, public_id):
    """The first page of an authorization, small."""
    paper = asked_or_404(batch, public_id).authorization
    if paper is None or paper.document is None:
        raise Http404
    try:
        return serve.jpeg(previews.thumbnail(paper.document, 1))
    except LookupError:
        raise Http404 from None


class discarding:
    """A file that was taken in and then could not be used is not left behind."""

    def __init__(self, document):
        self.document = document

    def __enter__(self):
        return self.document

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.document.delete()


def read(form, batch, member):
    """The file of a valid form, taken in; None where form or file is refused, with the reason in the form."""
    if not form.is_valid():
        return None
    try:
        return papers.read(form.cleaned_data["file"], batch, by=member)
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return None


def _show(request, draft, *, bound=None, status=200):
    for record_request in draft.record_requests:
        record_request.batch = draft.batch
        record_request.upload_form = _one_of(UploadForm, record_request, bound)
        record_request.ask_form = _one_of(AskPatientForm, record_request, bound)
    return page(request, draft, AUTHORIZATION, "authorization.html", bound=bound, status=status)


def _one_of(kind, record_request, bound):
    if isinstance(bound, kind) and bound.record_request.pk == record_request.pk:
        return bound
    return kind(record_request)


def _here(batch, record_request):
    return with_query("wizard_authorization", batch.pk) + f"#r-{record_request.public_id}"
