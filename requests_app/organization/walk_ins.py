"""Who comes to a practice's desk often (product 2.9)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chartrequest.forms.pages import form_page
from directory.organization.access import manages_practice
from requests_app.models import WalkInRequestor
from requests_app.organization.forms import WalkInForm

asks = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "requests_app/organization/walk_in_edit.html"


@asks
@manages_practice
def walk_in_add(request):
    def keep(form):
        WalkInRequestor.add(request.member.organization, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))

    return form_page(request, PAGE, WalkInForm(None, request.POST or None), keep, after="my_organization")


@asks
@manages_practice
def walk_in_edit(request, walk_in_id):
    row = _or_404(request, walk_in_id)

    def keep(form):
        row.change(by=request.member, **form.said())
        messages.success(request, _("Saved."))

    form = WalkInForm(row, request.POST or None)
    return form_page(request, PAGE, form, keep, after="my_organization", row=row)


@asks
@manages_practice
def walk_in_remove(request, walk_in_id):
    """Asked first."""
    row = _or_404(request, walk_in_id)
    if request.method == "POST":
        row.remove(by=request.member)
        messages.success(request, _("%(name)s was removed.") % {"name": row.name})
        return redirect("my_organization")
    return render(request, "requests_app/organization/walk_in_remove.html", {"row": row})


def _or_404(request, walk_in_id):
    listed = WalkInRequestor.objects.of(request.member.organization)
    return get_object_or_404(listed.select_related("organization"), pk=walk_in_id)
