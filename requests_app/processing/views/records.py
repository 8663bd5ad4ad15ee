"""Uploading records, putting files in order, removing one, and the pictures of their pages."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import MoveRefused
from documents import names, previews, serve
from documents.intake import FileRefused
from requests_app import permissions, viewing
from requests_app.access import with_record_request
from requests_app.models.states import WITH_CUSTODIAN
from requests_app.processing import desk, uploads
from requests_app.processing.forms import UploadForm
from requests_app.refusing import refused_to


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request(allowed=permissions.can_upload)
@refused_to("record_request")
def upload_records(request, record_request):
    """Each file is answered by itself: one that is refused doesn't lose the others."""
    if record_request.state not in WITH_CUSTODIAN:
        raise MoveRefused(record_request.why_not("upload"))
    if request.method != "POST":
        return _page(request, record_request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, record_request, form, status=422)
    pages, refused = _take(record_request, form.cleaned_data["files"], by=request.member)
    if not refused:
        messages.success(request, _added(pages))
        return redirect(record_request)
    # Not by redirect: the sentences name files, and a message may wait in a cookie.
    for name, sentence in refused:
        form.add_error("files", f"{name}: {sentence}")
    return _page(request, record_request, form, status=422, added=_added(pages) if pages else "")


def _take(record_request, files, *, by):
    """Pages added, and `(name, sentence)` of each file that was refused."""
    pages, refused = 0, []
    for file in files:
        try:
            pages += uploads.add(record_request, file, by=by).document.page_count
        except FileRefused as refusal:
            refused.append((names.cleaned(file.name), str(refusal)))
    return pages, refused


def _added(pages):
    return ngettext("%(count)s page was added.", "%(count)s pages were added.", pages) % {"count": pages}


def _page(request, record_request, form, *, status=200, added=""):
    page = desk.context(record_request, request.member, upload_form=form)
    page |= {"record_request": record_request, "added": added, "form": form}
    return render(request, "requests_app/processing/upload.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request(allowed=permissions.can_upload)
@refused_to("record_request")
def remove_file(request, record_request, file):
    """Ask first, then take the file out."""
    found = _file(record_request, file)
    if request.method == "POST":
        uploads.remove(found, by=request.member)
        messages.success(request, _("The file was removed."))
        return redirect(record_request)
    page = {"record_request": record_request, "file": found}
    return render(request, "requests_app/processing/remove_file.html", page)


@require_POST
@with_record_request(allowed=permissions.can_upload)
@refused_to("record_request")
def move_file(request, record_request, file):
    """`step` is "earlier" or "later"."""
    step = {"earlier": -1, "later": 1}.get(request.POST.get("step"))
    if step is None:
        raise Http404
    uploads.move(_file(record_request, file), step, by=request.member)
    return redirect(record_request.get_absolute_url() + "#files")


@require_safe
@with_record_request(allowed=permissions.can_work)
def page_picture(request, record_request, page):
    return _picture(request, record_request, page, previews.page_image)


@require_safe
@with_record_request(allowed=permissions.can_work)
def page_thumbnail(request, record_request, page):
    return _picture(request, record_request, page, previews.thumbnail)


def _picture(request, record_request, page, draw):
    pages = record_request.pages.kept().select_related("file__document")
    found = get_object_or_404(pages, pk=page)
    try:
        picture = draw(found.file.document, found.number)
    except LookupError:
        raise Http404 from None
    viewing.note(record_request, request.member, "viewed_records", file=found.file_id)
    return serve.jpeg(picture)


def _file(record_request, file):
    return get_object_or_404(record_request.files.kept().select_related("document"), pk=file)
