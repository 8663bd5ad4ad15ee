"""A page with nothing on it but a form of ours and the card field, under the product's own CSP."""

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from billing import gateway

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{css}"><script src="{script}"></script></head>
<body><main class="page"><h1>Save a card</h1><form method="post" id="ours" class="card stack">
<div id="card"></div><button class="btn primary">Save</button></form></main></body></html>"""

leaked = []


@csrf_exempt
def page(request):
    leaked.append(request.POST.dict())
    return HttpResponse(PAGE.format(css=static("css/site.css"), script=gateway.page_config().script_url))


urlpatterns = [path("", page, name="home"), path("sandbox/", include("sandbox.urls"))]
