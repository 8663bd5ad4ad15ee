"""The page "My Organization", what it says of the organization itself, and its Activity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import sections
from accounts.membership import history
from accounts.membership.access import manages, manages_organization, of_organization
from accounts.membership.forms import FactsForm

PER_PAGE = 30


@require_safe
@of_organization()
def my_organization(request):
    """Every member sees it; each part shows what its reader may know and do."""
    parts = sections.drawn(sections.ORGANIZATION, request)
    return render(request, "accounts/organization/page.html", {"parts": parts})


@require_http_methods(["GET", "HEAD", "POST"])
@manages_organization
def organization_edit(request):
    organization = request.member.organization
    form = FactsForm(organization, request.POST or None)
    if request.method == "POST" and form.is_valid():
        organization.change_facts(by=request.member, **form.said())
        messages.success(request, _("Saved."))
        return redirect("my_organization")
    status = 422 if form.errors else 200
    return render(request, "accounts/organization/edit.html", {"form": form}, status=status)


@require_safe
@manages
def organization_activity(request):
    """Who joined, roles, permissions, settings: newest first."""
    organization = request.member.organization
    page = Paginator(history.entries(organization), PER_PAGE).get_page(request.GET.get("page"))
    said = {"page": page, "activity": history.told(page, organization)}
    return render(request, "accounts/organization/activity.html", said)
