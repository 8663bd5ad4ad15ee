"""Whoever comes after the limit is signed out, and led to sign in; nothing they sent is lost (product 2.12).

The server alone decides. The page's script only warns, and asks here before it leads anybody away.
"""

from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.idle import parting
from accounts.idle.clock import Clock, limit_of
from chartrequest.way_back import way_back

# Seconds by which a page's clock may be ahead of ours.
EARLY = 2
# A page of ours whose time is up sends what was typed with this; it is never carried out.
PARTING = "parting"


class idle:
    """Sets `request.idle`, the clock of a signed-in session, and `request.signed_out`, what one left behind; or None.

    Stands behind `acting_member`, and behind the door: what that turns away is not sent yet.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.idle = request.signed_out = None
        if request.user.is_authenticated:
            _watch(request)
        if not request.user.is_authenticated:
            request.signed_out = parting.left_by(request)
        answer = self.get_response(request)
        if request.signed_out and not request.user.is_authenticated and _leads_to_sign_in(answer):
            answer = _led_away(request, answer)
        return answer

    def process_view(self, request, view, args, kwargs):
        """Runs behind the check for forged requests: what is kept or dropped was sent by a page of ours."""
        if _is_parting(request):
            return _part(request)
        if request.idle and parting.KEY in request.session:
            return _go_on(request)
        return None


def _watch(request):
    clock = Clock(request.session, limit_of(request.user, request.member))
    if clock.is_over:
        parting.sign_out(request, clock.limit)
    elif clock.touch(_touched_ago(request)):
        request.idle = clock
    else:  # ended meanwhile, in another tab
        logout(request)
        request.member, request.memberships = None, []


def _touched_ago(request):
    """Seconds since somebody last touched the page; what no script sends is a click itself."""
    said = request.headers.get("X-Idle-For", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _is_parting(request):
    return request.method == "POST" and request.headers.get("X-Requested-With") == PARTING


def _part(request):
    """A page says that its time is up. Another tab may know better; else keep what was typed, and sign out."""
    if request.idle and request.idle.left > EARLY:
        return JsonResponse({"left": request.idle.left})
    if request.idle:
        parting.sign_out(request, request.idle.limit)
        request.idle = None
    is_kept = request.resolver_match.url_name != "still_here" and parting.keep(request, was_sent=False)
    return _out(request, is_kept)


def _go_on(request):
    """Back again: what was sent a second time is dropped, and what waits is shown once without being looked for."""
    if request.method == "POST" and parting.RESUMED in request.POST:
        parting.drop(request, request.POST[parting.RESUMED])
    left = parting.left_by(request)
    if (
        left
        and request.method == "GET"
        and request.resolver_match.url_name == "home"
        and not left.get("shown")
    ):
        return redirect("resume")
    return None


def _leads_to_sign_in(answer):
    places = (reverse("account_login"), reverse("admin:login"))
    return answer.status_code == 302 and urlsplit(answer.url).path in places


def _led_away(request, answer):
    """The way to sign in, with what was sent kept; to a script, as a script can follow it."""
    by_script = request.headers.get("X-Requested-With") or request.headers.get("HX-Request")
    if by_script:
        return _out(request, is_kept=False)
    if request.method != "POST":
        return answer
    is_kept = parting.keep(request, was_sent=True)
    return redirect(_sign_in(reverse("resume") if is_kept else _page_of(request)))


def _out(request, is_kept):
    place = _sign_in(reverse("resume") if is_kept else _page_of(request))
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": place})
    return JsonResponse({"left": 0, "to": place}, status=401)


def _page_of(request):
    """The page that sent this: where a script or a form stood, if it is ours."""
    page = urlsplit(way_back(request, said=request.headers.get("Referer", "")))
    return page._replace(scheme="", netloc="", fragment="").geturl()


def _sign_in(after):
    return f"{reverse('account_login')}?{urlencode({'next': after}, safe='/')}"
