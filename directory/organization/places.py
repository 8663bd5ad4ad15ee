"""A practice's places: facility details, delivery and rush, services with their fees, forms (product 2.9).

What is changed here holds for requests to come.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chartrequest.forms.pages import form_page
from directory.models import FormOffered
from directory.models.form_offered import MOST_OFFERED
from directory.organization.access import with_place
from directory.organization.forms import DeliveryForm, FormOfferedForm, PlaceForm, ServicesForm

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@with_place
def place(request, place):
    forms = list(FormOffered.objects.of(place.organization).filter(custodian=place))
    shown = {
        "place": place,
        "services": place.services.filter(is_offered=True),
        "forms": forms,
        "most": MOST_OFFERED,
    }
    return render(request, "directory/organization/place.html", shown)


@asks
@with_place
def place_edit(request, place):
    return _changes(request, place, PlaceForm(place, request.POST or None), "place_edit.html")


@asks
@with_place
def place_delivery(request, place):
    return _changes(request, place, DeliveryForm(place, request.POST or None), "place_delivery.html")


@asks
@with_place
def place_services(request, place):
    form = ServicesForm(place.services.all(), request.POST or None)

    def keep(form):
        place.change_services(form.said(), by=request.member)
        messages.success(request, _("Saved. It holds for requests to come."))

    return form_page(
        request, "directory/organization/place_services.html", form, keep, after=_page_of(place), place=place
    )


@asks
@with_place
def form_add(request, place):
    form = FormOfferedForm(None, request.POST or None)

    def keep(form):
        FormOffered.add(place.organization, by=request.member, custodian=place, **form.cleaned_data)
        messages.success(request, _("Saved."))

    return _form_page(request, place, form, keep)


@asks
@with_place
def form_edit(request, place, form_id):
    row = _form_or_404(place, form_id)
    form = FormOfferedForm(row, request.POST or None)

    def keep(form):
        row.change(by=request.member, **form.said())
        messages.success(request, _("Saved. It holds for requests to come."))

    return _form_page(request, place, form, keep, row=row)


@asks
@with_place
def form_remove(request, place, form_id):
    """Asked first."""
    row = _form_or_404(place, form_id)
    if request.method == "POST":
        row.remove(by=request.member)
        messages.success(request, _("“%(name)s” was removed.") % {"name": row.name})
        return redirect(_page_of(place))
    return render(request, "directory/organization/form_remove.html", {"place": place, "row": row})


def _changes(request, place, form, template):
    def keep(form):
        place.change(by=request.member, **form.said())
        messages.success(request, _("Saved. It holds for requests to come."))

    return form_page(
        request, f"directory/organization/{template}", form, keep, after=_page_of(place), place=place
    )


def _form_page(request, place, form, keep, row=None):
    return form_page(
        request,
        "directory/organization/form_edit.html",
        form,
        keep,
        after=_page_of(place),
        place=place,
        row=row,
    )


def _form_or_404(place, form_id):
    forms = FormOffered.objects.of(place.organization).filter(custodian=place)
    return get_object_or_404(forms.select_related("organization"), pk=form_id)


def _page_of(place):
    return reverse("place", args=[place.pk])
