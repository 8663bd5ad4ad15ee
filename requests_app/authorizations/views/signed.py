"""After the signature: the signer's copy, and the way to take it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import MoveRefused
from documents import serve
from requests_app import viewing
from requests_app.authorizations import ending, languages, visit
from requests_app.authorizations.signing import signer_of


def show(request, invitation):
    """What was signed, for whom, and what became of it."""
    papers = list(_signed(invitation))
    page = {
        "invitation": invitation,
        "sender": invitation.batch.organization,
        "papers": papers,
        "is_making": any(one.document_id is None for one in papers),
        "languages": languages.offered(),
    }
    return render(request, "requests_app/authorizations/signed.html", page)


@require_safe
@visit.with_link()
def copy(request, invitation, public_id):
    """The signed authorization of one custodian, as PDF, for whoever signed it."""
    paper = _signed(invitation).filter(record_request__public_id=public_id).first()
    if paper is None or paper.document is None:
        raise Http404
    response = serve.download(paper.document)
    viewing.note_always(paper.record_request, signer_of(invitation), "downloaded_authorization")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@visit.with_link()
def revoke(request, invitation):
    """“Revoke”: asked first."""
    if invitation.standing != "signed":
        return redirect("signing")
    if request.method == "POST":
        try:
            ending.revoke(invitation)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("You took this permission back. Everybody concerned is told."))
        return redirect("signing")
    page = {"papers": list(_signed(invitation)), "sender": invitation.batch.organization}
    return render(request, "requests_app/authorizations/revoke.html", page)


def _signed(invitation):
    found = invitation.authorizations.exclude(signed_sha256="").order_by("record_request_id")
    return found.select_related("document", "record_request__custodian", "record_request__batch")
