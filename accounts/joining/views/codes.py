"""The page that asks for a code, and what stands on it: send it again, the other way, or to somewhere else."""

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.login import resume_login
from allauth.account.utils import get_login_redirect_url, passthrough_next_redirect_url
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from accounts.joining import codes
from accounts.joining.forms import EMAIL, TEXT, CodeForm, WhereTo
from accounts.joining.signing_up import sign_up

LIMIT = {EMAIL: "confirm_email", TEXT: "verify_phone"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_by_email(request):
    return _asked(request, codes.emailed(request), "account_email")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_by_text(request):
    return _asked(request, codes.texted(request), "account_change_phone")


def _asked(request, sent, own_page):
    """Ask for the code; the right one goes on. 422 for a wrong one, which says how many tries are left."""
    if sent is None:
        return _nothing_awaited(request, own_page)
    form = CodeForm(request.POST if request.method == "POST" else None, sent=sent)
    if form.is_valid():
        return sent.settle()
    page = {
        "sent": sent,
        "form": form,
        "again": passthrough_next_redirect_url(
            request, reverse(f"account_code_again_{sent.channel}"), "next"
        ),
        "here": passthrough_next_redirect_url(request, reverse(sent.page), "next"),
        "minutes_locked": -(-sent.seconds_locked // 60),
        "own_page": None if sent.stage else own_page,
        "by_text_too": sent.channel == EMAIL and sent.stage and _phone_of(sent.stage.login),
        "elsewhere": sent.stage and "sign_up" in sent.stage.login.state,
    }
    return render(request, "account/code.html", page, status=422 if form.errors else 200)


def _nothing_awaited(request, own_page=""):
    if request.user.is_authenticated:
        is_new = request.user.onboarded_at is None or not own_page
        return redirect(get_login_redirect_url(request) if is_new else own_page)
    messages.info(request, _("Sign in to go on. If you need a code, we send you a new one then."))
    return redirect("account_login")


@never_cache
@require_POST
def again_by_email(request):
    return _again(request, codes.emailed(request))


@never_cache
@require_POST
def again_by_text(request):
    return _again(request, codes.texted(request))


def _again(request, sent):
    """A new code; the one before works no longer. At most one a minute."""
    if sent is None:
        return _nothing_awaited(request)
    here = passthrough_next_redirect_url(request, reverse(sent.page), "next")
    if sent.is_locked:
        return redirect(here)
    wait = sent.seconds_to_send
    if wait:
        messages.warning(request, limits.in_a_moment(wait))
        return redirect(here)
    try:
        sent.resend()
    except RateLimited:  # two clicks at once
        messages.warning(request, limits.in_a_moment(60))
    else:
        messages.success(request, _("A new code is on its way. Only the newest one works."))
    return redirect(here)


@never_cache
@require_POST
def by_email_instead(request):
    return _instead(request, EMAIL)


@never_cache
@require_POST
def by_text_instead(request):
    return _instead(request, TEXT)


def _instead(request, way):
    """Send the code the other way, in the same sign-in."""
    sent = codes.awaited(request)
    if sent is None:
        return _nothing_awaited(request)
    login = sent.stage.login
    to = login.email or login.user.email if way == EMAIL else _phone_of(login)
    if not to or sent.channel == way:
        return redirect(sent.page)
    wait = limits.seconds_left(request, LIMIT[way], to.lower())
    if wait:
        messages.warning(request, limits.in_a_moment(wait))
        return redirect(sent.page)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    login.state["verify_by"] = way
    login.state["stages"] = {}
    return resume_login(request, login)


def _phone_of(login):
    return str(login.user.phone) if login.user else login.phone


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request):
    """Another address, number or way while signing up: what was typed before stays, the password too."""
    sent = codes.awaited(request)
    facts = sent.stage.login.state.get("sign_up") if sent else None
    if facts is None:
        return _nothing_awaited(request)
    login = sent.stage.login
    given = {"email": facts["email"], "phone": facts["phone"], "verify_by": login.state["verify_by"]}
    form = WhereTo(request.POST or None, request=request, initial=given)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(request, "signup"):
            return respond_429(request)
        request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        return sign_up(
            request,
            facts | form.where(),
            by=form.by,
            after=login.redirect_url,
            instead_of=login.state["made"],
        )
    page = {"form": form, "back": sent.page}
    return render(request, "account/code_elsewhere.html", page, status=422 if form.errors else 200)
