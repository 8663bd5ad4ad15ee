"""The patient's page: the link, the question, the text, the signature."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.models import MoveRefused
from requests_app.authorizations import languages, signing, visit
from requests_app.authorizations.forms import BirthDateForm, SignatureForm
from requests_app.authorizations.views import signed
from requests_app.models import SigningInvitation
from requests_app.models.authorization import BIRTH_DATE_TRIES


@require_safe
@visit.limited
def follow(request, token):
    """The address in the email: remembers the link and leads to a page without it."""
    invitation = SigningInvitation.objects.by_token(token)
    if invitation is None:
        return visit.closed(request, "unknown")
    visit.begin(request, invitation)
    response = redirect("signing")
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@visit.with_link(identified=False)
def page(request, invitation):
    """What this link is for now: the question first, then the text to sign, or what was signed."""
    if not visit.is_identified(request):
        return _ask(request, invitation, BirthDateForm())
    if invitation.signed_at:
        return signed.show(request, invitation)
    return _show(request, invitation, SignatureForm())


@require_POST
@visit.limited
@visit.with_link(identified=False)
def birth_date(request, invitation):
    """Five tries; then the link is locked and its sender is told."""
    form = BirthDateForm(request.POST)
    if not form.is_valid():
        return _ask(request, invitation, form, status=422)
    try:
        is_right = signing.try_birth_date(invitation, form.cleaned_data["birth_date"])
    except MoveRefused:  # locked a moment ago, from another tab
        return redirect("signing")
    if is_right:
        visit.identify(request)
        return redirect("signing")
    invitation.refresh_from_db()
    if invitation.is_locked:
        return redirect("signing")
    left = BIRTH_DATE_TRIES - invitation.birth_date_tries
    form.add_error(
        "birth_date", _("This is not the birth date we were given. Tries left: %(left)s.") % {"left": left}
    )
    return _ask(request, invitation, form, status=422)


@require_POST
@visit.with_link()
def accept(request, invitation):
    """“Accept and Sign”."""
    form = SignatureForm(request.POST)
    if invitation.signed_at:
        messages.info(request, _("This was signed already. Nothing was changed."))
        return redirect("signing")
    if not form.is_valid():
        return _show(request, invitation, form, status=422)
    made = form.signature(
        address=get_adapter().get_client_ip(request), browser=request.headers.get("User-Agent", "")
    )
    try:
        signing.sign(invitation, made, seen=request.POST.get("seen", ""))
    except signing.TermsChanged:
        form.add_error(None, _("What is asked for changed while you were reading. Read it again, then sign."))
        return _show(request, invitation, form, status=422)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("signing")


@require_POST
def language(request):
    """Another language, for this browser."""
    chosen = request.POST.get("language", "")
    response = redirect("signing")
    if chosen in dict(languages.offered()):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.SESSION_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


def _ask(request, invitation, form, *, status=200):
    page = {"sender": invitation.batch.organization, "form": form, "languages": languages.offered()}
    return render(request, "requests_app/authorizations/birth_date.html", page, status=status)


def _show(request, invitation, form, *, status=200):
    if not signing.to_sign(invitation):
        return visit.closed(request, "withdrawn", invitation)
    clauses = signing.reading(invitation)
    page = {
        "sender": invitation.batch.organization,
        "clauses": clauses,
        "seen": signing.seal_of(invitation, clauses),
        "form": form,
        "languages": languages.offered(),
    }
    return render(request, "requests_app/authorizations/sign.html", page, status=status)
