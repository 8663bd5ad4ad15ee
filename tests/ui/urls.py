"""The product's addresses, with a page that shows every component and others that fail on purpose."""

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import include, path
from redis import RedisError

from chartrequest.urls import handler400, handler500
from documents.store import StoreFailed
from tests.ui.forms import KitchenForm

__all__ = ["handler400", "handler500"]

STATES = [
    "Draft",
    "Awaiting",
    "Pending",
    "Incomplete",
    "QA",
    "Priced",
    "Ordered",
    "Completed",
    "Canceled",
    "Abandoned",
]
saved = []


def kitchen(request):
    form = KitchenForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        messages.success(request, "All saved.")
        return redirect("kitchen")
    if "said" in request.GET:
        messages.error(request, "Somebody was faster.")
    page = Paginator(range(128), 25).page(2)
    return TemplateResponse(request, "kitchen.html", {"form": form, "page": page, "states": STATES})


def save(request):
    saved.append(request.POST.dict())
    return HttpResponse(status=204)


def confirm(request):
    return redirect("kitchen") if request.method == "POST" else render(request, "kitchen_confirm.html")


def qa(request):
    marks = {56: ("is-approved", "✓"), 57: ("is-removed", "✕"), 59: ("is-flagged", "!")}
    numbers = range(56, 64)
    pages = [dict(zip(("css", "mark"), marks.get(no, ("", "")), strict=True), no=no) for no in numbers]
    return render(request, "kitchen_qa.html", {"pages": pages})


def late(request):
    """A document that has begun, and has no root element for half a second."""

    def parts():
        yield " "
        time.sleep(0.5)
        yield "<!doctype html><img width=3000 height=9>"

    return StreamingHttpResponse(parts())


def fail(request, how):
    errors = {
        "forbidden": PermissionDenied,
        "large": RequestDataTooBig,
        "database": OperationalError,
        "files": StoreFailed,
        "counter": RedisError,
    }
    raise errors.get(how, RuntimeError)("on purpose")


urlpatterns = [
    path("kitchen/", kitchen, name="kitchen"),
    path("kitchen/save/", save),
    path("kitchen/confirm/", confirm),
    path("kitchen/qa/", qa),
    path("kitchen/late/", late),
    path("kitchen/fail/<how>/", fail),
    path("", include("chartrequest.urls")),
]
