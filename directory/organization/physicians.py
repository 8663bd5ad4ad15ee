"""Designated physicians of a requestor (product 2.10)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chartrequest.forms.pages import form_page
from directory.models import DesignatedPhysician
from directory.organization.access import manages_requestor
from directory.organization.forms import PhysicianForm

asks = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "directory/organization/physician_edit.html"


@asks
@manages_requestor
def physician_add(request):
    def keep(form):
        DesignatedPhysician.add(request.member.organization, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))

    return form_page(request, PAGE, PhysicianForm(None, request.POST or None), keep, after="my_organization")


@asks
@manages_requestor
def physician_edit(request, physician_id):
    physician = _or_404(request, physician_id)

    def keep(form):
        physician.change(by=request.member, **form.said())
        messages.success(request, _("Saved."))

    form = PhysicianForm(physician, request.POST or None)
    return form_page(request, PAGE, form, keep, after="my_organization", row=physician)


@asks
@manages_requestor
def physician_remove(request, physician_id):
    """Asked first."""
    physician = _or_404(request, physician_id)
    if request.method == "POST":
        physician.remove(by=request.member)
        messages.success(request, _("%(name)s was removed.") % {"name": physician.name})
        return redirect("my_organization")
    return render(request, "directory/organization/physician_remove.html", {"row": physician})


def _or_404(request, physician_id):
    listed = DesignatedPhysician.objects.of(request.member.organization)
    return get_object_or_404(listed.select_related("organization"), pk=physician_id)
