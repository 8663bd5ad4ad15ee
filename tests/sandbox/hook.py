"""A webhook that notes what it was sent, and answers what a test tells it to."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from billing import gateway

heard = []
answers = []


@csrf_exempt
def listen(request):
    heard.append(gateway.read_event(request.body, request.headers.get("Stripe-Signature", "")))
    return HttpResponse(status=answers.pop(0) if answers else 200)


urlpatterns = [path("hook/", listen, name="stripe_webhook"), path("sandbox/", include("sandbox.urls"))]
