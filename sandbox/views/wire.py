"""The bank's address for pages, as Stripe's own is to Stripe.js. Only the publishable key opens it."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from sandbox import bank


@csrf_exempt  # no cookie counts here: who calls is told by the key and the intent's client secret
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def wire(request, path):
    headers = {"Authorization": request.headers.get("Authorization", "")}
    if not headers["Authorization"].startswith("Bearer pk_"):
        return JsonResponse(
            {"error": {"type": "invalid_request_error", "message": "Use the page's key."}}, status=401
        )
    url = f"/v1/{path}?{request.META['QUERY_STRING']}"
    try:
        status, _, body = bank.handle(request.method, url, headers, request.body.decode("utf-8", "replace"))
    except bank.TimedOut:
        return HttpResponse(status=504)
    return HttpResponse(body, status=status, content_type="application/json")
