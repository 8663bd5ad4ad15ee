from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from chartrequest.context import SIDEBAR_COOKIE

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def sidebar(request):
    """Close the sidebar to its icons, or open it again; remembered in this browser."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "home"
    response = redirect(back)
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
