"""The files of a request that people take away: the release and the authorization. Each time is written down."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from documents import previews, serve
from requests_app import permissions, viewing
from requests_app.access import with_record_request
from requests_app.models import State


@require_safe
@with_record_request(allowed=permissions.can_receive)
def download_release(request, record_request):
    """The delivered records as one PDF, for the people of the organization that asked (product 1.7)."""
    if record_request.state != State.COMPLETED:
        raise Http404
    response = serve.download(record_request.release.document, filename=f"{record_request}.pdf")
    if request.method == "GET":
        viewing.note_always(record_request, request.member, "downloaded", pages=record_request.release.pages)
    return response


@require_safe
@with_record_request(allowed=permissions.can_receive)
def download_earlier(request, record_request, delivery):
    """What was delivered before something was said to be missing: it stays theirs, whatever becomes of the rest."""
    earlier = record_request.earlier_deliveries.select_related("document").filter(pk=delivery).first()
    if earlier is None:
        raise Http404
    response = serve.download(earlier.document, filename=f"{record_request}-{earlier.pk}.pdf")
    if request.method == "GET":
        viewing.note_always(record_request, request.member, "downloaded", pages=earlier.pages)
    return response


@require_safe
@with_record_request()
def authorization_file(request, record_request):
    """The authorization itself, to read or keep."""
    document = _authorization(record_request)
    response = serve.download(document, inline="inline" in request.GET)
    if request.method == "GET":
        viewing.note(record_request, request.member, "downloaded_authorization")
    return response


@require_safe
@with_record_request()
def authorization_page(request, record_request, number):
    """One page of the authorization as a picture; numbers count from 1."""
    document = _authorization(record_request)
    try:
        picture = previews.page_image(document, number)
    except LookupError:
        raise Http404 from None
    if request.method == "GET":
        viewing.note(record_request, request.member, "viewed_authorization")
    return serve.jpeg(picture)


@require_POST
@with_record_request()
def show_ssn(request, record_request):
    """The whole Social Security number, by a click that is written down (product 11.1)."""
    viewing.note_always(record_request, request.member, "ssn_shown")
    return render(request, "requests_app/tracking/ssn.html", {"record_request": record_request})


def _authorization(record_request):
    authorization = record_request.authorization
    if authorization is None or authorization.document is None:
        raise Http404
    return authorization.document
