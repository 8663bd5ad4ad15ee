"""The practice's moves, each at its own address, and who takes care of the request."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.models import MoveRefused
from requests_app import permissions
from requests_app.access import with_record_request
from requests_app.processing import desk
from requests_app.processing.assigning import assign as give
from requests_app.processing.forms import MarkIncompleteForm
from requests_app.refusing import refused_to


@require_http_methods(["GET", "HEAD", "POST"])
@with_record_request("mark_incomplete")
@refused_to("record_request")
def mark_incomplete(request, record_request):
    """Ask what is wrong, say what happens next, and send the request back."""
    if not record_request.can("mark_incomplete"):
        raise MoveRefused(record_request.why_not("mark_incomplete"))
    form = MarkIncompleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        record_request.mark_incomplete(by=request.member, **form.cleaned_data)
        messages.success(request, _("Request %(id)s went back to its requestor.") % {"id": record_request})
        return redirect(record_request)
    return render(
        request,
        "requests_app/processing/mark_incomplete.html",
        {"record_request": record_request, "form": form},
        status=422 if form.is_bound else 200,
    )


@require_POST
@with_record_request("begin_review")
@refused_to("record_request")
def begin_review(request, record_request):
    record_request.begin_review(by=request.member)
    if permissions.can_review(request.member, record_request):
        return redirect("qa", record_request.public_id)
    messages.success(request, _("The records are ready for review."))
    return redirect(record_request)


@require_POST
@with_record_request("take_back")
@refused_to("record_request")
def take_back(request, record_request):
    record_request.take_back(by=request.member)
    messages.success(request, _("The review is stopped; the verdicts given so far stay."))
    return redirect(record_request)


@require_POST
@with_record_request(allowed=permissions.can_work)
@refused_to("record_request")
def assign(request, record_request):
    """`member` is the id of a colleague's membership; empty gives the request to nobody."""
    asked = request.POST.get("member", "")
    chosen = next(
        (one for one in desk.colleagues(record_request, request.member) if str(one.pk) == asked), None
    )
    if asked and chosen is None:
        raise Http404
    give(record_request, chosen, by=request.member)
    return redirect(record_request)
