from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import may_try
from accounts.onboarding import facts, finding, zones
from accounts.onboarding.forms import NpiForm, OrganizationForm
from accounts.onboarding.founding import ThereAlready, found
from accounts.onboarding.steps import for_founder, onward, page


@require_safe
@for_founder
def organization_by_npi(request):
    """Look a practice up: its organization, if it has one; else what the directory knows, to be completed."""
    form = NpiForm(request.GET)
    if not form.is_valid():
        return page(request, "choose", form=form, step="organization", status=422)
    if not may_try(request, "npi"):
        return respond_429(request)
    npi = form.cleaned_data["npi"]
    there = finding.there_already(request.user, npi)
    if there:
        return _ask_instead(request, there, npi)
    known = facts.of(npi)
    initial = {"npi": npi}
    if known:
        initial |= {**vars(known), "time_zone": zones.of_state(known.state)}
    filled = OrganizationForm(kind=finding.kind_of(request.user), initial=initial)
    return page(request, "found", form=filled, sought=npi, known=known, step="organization")


@require_http_methods(["GET", "HEAD", "POST"])
@for_founder
def found_organization(request):
    """Set up an organization by hand, or by what the directory filled in."""
    if finding.there_already(request.user):
        return redirect("choose_organization")
    kind = finding.kind_of(request.user)
    if request.method != "POST":
        return page(request, "found", form=OrganizationForm(kind=kind), step="organization")
    form = OrganizationForm(request.POST, kind=kind)
    if not form.is_valid():
        return page(request, "found", form=form, step="organization", status=422)
    try:
        found(request.user, **form.cleaned_data)
    except ThereAlready:
        there = finding.there_already(request.user, form.cleaned_data.get("npi", ""))
        return _ask_instead(request, there, form.cleaned_data.get("npi", ""))
    messages.success(request, _("%(name)s is set up.") % {"name": form.cleaned_data["name"]})
    return onward(request)


def _ask_instead(request, organization, npi):
    was_declined = finding.declined(request.user, organization)
    said = {"organization": organization, "was_declined": was_declined, "npi": npi}
    return page(request, "join", step="organization", **said)
