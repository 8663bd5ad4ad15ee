"""The tray: what would have gone out, newest first. Open to all who can reach a development server."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sandbox import tray
from sandbox.forms import SwitchForm, TrayFilter
from sandbox.models import Item, Switch

PER_PAGE = 50


@require_safe
def index(request):
    return _page(request, SwitchForm())


def _page(request, switch_form, status=200):
    chosen = TrayFilter(request.GET)
    page = Paginator(chosen.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": chosen,
        "switch_form": switch_form,
        "switches": Switch.objects.all(),
        "here": "tray",
    }
    return render(request, "sandbox/tray.html", context, status=status)


@require_safe
def fax(request, item_id):
    item = get_object_or_404(Item, kind=Item.Kind.FAX, id=item_id)
    return HttpResponse(bytes(item.pdf or b""), content_type="application/pdf")


@require_POST
def empty(request):
    Item.objects.all().delete()
    return redirect("sandbox:tray")


@require_POST
def refuse(request):
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    tray.refuse(form.cleaned_data["to"], form.cleaned_data["outcome"])
    messages.success(request, f"{form.cleaned_data['to']} no longer answers as usual.")
    return redirect("sandbox:tray")


@require_POST
def accept(request, number):
    tray.accept(get_object_or_404(Switch, number=number).to)
    return redirect("sandbox:tray")
