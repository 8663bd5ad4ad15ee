"""The review checklist of a practice: lines are added, renamed, put in order, removed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chartrequest.forms.pages import form_page
from directory.organization.access import manages_practice
from requests_app.models import ChecklistItem
from requests_app.organization.forms import LineForm

asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@manages_practice
def checklist(request):
    """The lines, and a form that adds one."""
    organization = request.member.organization

    def keep(form):
        ChecklistItem.add(organization, form.cleaned_data["text"], by=request.member)
        messages.success(request, _("The line was added. Reviews that are under way have it too."))

    lines = ChecklistItem.objects.of(organization)
    form = LineForm(request.POST or None)
    return form_page(
        request, "requests_app/organization/checklist.html", form, keep, after="checklist", lines=lines
    )


@asks
@manages_practice
def checklist_rename(request, item_id):
    line = _or_404(request, item_id)

    def keep(form):
        line.rename(form.cleaned_data["text"], by=request.member)
        messages.success(request, _("Saved."))

    form = LineForm(request.POST or None, initial={"text": line.text})
    return form_page(
        request, "requests_app/organization/checklist_rename.html", form, keep, after="checklist", line=line
    )


@require_POST
@manages_practice
def checklist_move(request, item_id):
    """`direction` is "up" or "down"."""
    _or_404(request, item_id).move(-1 if request.POST.get("direction") == "up" else 1, by=request.member)
    return redirect("checklist")


@asks
@manages_practice
def checklist_remove(request, item_id):
    """Asked first."""
    line = _or_404(request, item_id)
    if request.method == "POST":
        line.remove(by=request.member)
        messages.success(request, _("The line was removed."))
        return redirect("checklist")
    return render(request, "requests_app/organization/checklist_remove.html", {"line": line})


def _or_404(request, item_id):
    lines = ChecklistItem.objects.of(request.member.organization)
    return get_object_or_404(lines.select_related("organization"), pk=item_id)
