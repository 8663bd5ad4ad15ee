"""What every answer carries, and what no request may bring."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request

# Nothing here films, listens or asks where one is. `payment` isn't named: the card field needs its default.
DEVICES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "screen-wake-lock",
    "serial",
    "usb",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{device}=()" for device in DEVICES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def harden(get_response):
    """Keep private pages out of every cache (product 11.3), and NUL out of the database's strings.

    A page is private unless its answer says `Cache-Control: public`, as static files do, and sets no cookie.
    """

    def middleware(request):
        response = bad_request(request, None) if _holds_nul(request) else get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if "public" not in response.get("Cache-Control", "") or response.cookies:
            response.headers.pop("Cache-Control", None)
            patch_cache_control(response, no_store=True)
        return response

    return middleware


def whole_page(get_response):
    """A part of a page that is answered by another page, as by the door, leads the browser there.

    htmx would follow the redirect unseen, and put the whole page where the part was.
    """

    def middleware(request):
        response = get_response(request)
        if not request.htmx or response.status_code not in (301, 302):
            return response
        led = HttpResponse(headers={"HX-Redirect": response.url})
        led.cookies = response.cookies
        return led

    return middleware


def _holds_nul(request):
    # Forms refuse NUL by themselves; in an address or a session key it would reach PostgreSQL, which raises.
    brought = (request.path_info, *request.COOKIES.values())
    return "%00" in request.META.get("QUERY_STRING", "") or any("\0" in text for text in brought)
