import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.http import require_POST
from redis import RedisError

from accounts import limits
from accounts.idle import parting
from chartrequest.context import SIDEBAR_COOKIE
from chartrequest.way_back import way_back
from documents.store import StoreFailed

# Without the counter nobody may try: guesses at a password or a code would go uncounted.
OUT_OF_REACH = {"database": OperationalError, "files": StoreFailed, "counter": RedisError}
# Where a page counts under another name than its own.
COUNTED_AS = {"code_elsewhere": "signup", "login": "login_failed"}
A_YEAR = 365 * 24 * 60 * 60


@require_POST
def sidebar(request):
    """Close the sidebar to its icons, or open it again; remembered in this browser."""
    response = redirect(way_back(request))
    now_closed = request.COOKIES.get(SIDEBAR_COOKIE) != "closed"
    response.set_cookie(
        SIDEBAR_COOKIE,
        "closed" if now_closed else "open",
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def bad_request(request, exception):
    """handler400: what is too large says so."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return defaults.bad_request(request, exception)


def csrf_failure(request, reason=""):
    """CSRF_FAILURE_VIEW. Who signed in again in another tab sends what they typed once more, by a click of theirs.

    Only what the browser says came from a page of ours (`Origin`) is offered: nobody else's form is ever passed on.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    is_ours = request.user.is_authenticated and request.headers.get("Origin") == ours
    # A second slash would make it an address of somebody else's.
    path = "/" + request.get_full_path().lstrip("/")
    fields = parting.worth_keeping(request) if is_ours and not request.htmx else []
    page = {
        "fields": fields,
        "words": parting.in_words(fields),
        "path": path,
        "had_files": bool(request.FILES),
    }
    return HttpResponseForbidden(render_to_string("403_csrf.html", page, request))


def server_error(request):
    """handler500: a database, store or counter out of reach is no mistake of the program, and passes."""
    trouble = sys.exc_info()[1]
    for part, kind in OUT_OF_REACH.items():
        if isinstance(trouble, kind):
            page = render_to_string("503.html", {"part": part})
            return HttpResponse(page, status=503, headers={"Retry-After": "60"})
    return defaults.server_error(request)


def too_many(request):
    """handler429: too often from one place, or to one address; when to try again."""
    seconds = getattr(request, "seconds_left", 0)
    if not seconds and request.resolver_match:
        action = request.resolver_match.url_name.removeprefix("account_")
        seconds = limits.seconds_left(request, COUNTED_AS.get(action, action))
    seconds = seconds or 60
    page = render_to_string("429.html", {"minutes": -(-seconds // 60), "seconds": seconds}, request)
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})
