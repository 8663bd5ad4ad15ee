"""The public page of a practice: who it is, what it offers and costs, and a button that starts a request to it."""

from urllib.parse import urlencode

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.models import Organization, Permission
from billing.quoting import most_for_a_patient
from directory.models import FormOffered, Service
from requests_app import turnaround
from requests_app.authorizations import languages


@require_safe
def landing(request, slug):
    """For everybody; only of a practice that works here now. `?language=es` shows it in Spanish, once there is one."""
    practices = Organization.objects.working().filter(kind=Organization.Kind.PROVIDER)
    practice = get_object_or_404(practices, slug=slug)
    offered = languages.offered()
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in dict(offered) else translation.get_language()):
        shown = {
            "practice": practice,
            "places": _places(practice),
            "days": turnaround.IN_NETWORK_DAYS,
            "rush_hours": turnaround.RUSH_HOURS,
            "most": most_for_a_patient(),
            "languages": offered,
            "reader": _reader(request, practice),
        }
        return render(request, "requests_app/intake/landing.html", shown)


def _places(practice):
    """Its places with what they offer, each with the addresses that start a request to it."""
    services = Prefetch("services", Service.objects.filter(is_offered=True), to_attr="offered")
    listed = FormOffered.objects.of(practice).filter(is_offered=True)
    forms = Prefetch("forms_offered", listed, to_attr="forms")
    places = list(practice.custodians.order_by("name", "id").prefetch_related(services, forms))
    for place in places:
        place.start_url = f"{reverse('wizard_start')}?{urlencode({'at': place.pk})}"
        onwards = {"next": place.start_url}
        place.sign_up_url = f"{reverse('account_signup')}?{urlencode({'as': 'patient', **onwards})}"
        place.sign_in_url = f"{reverse('account_login')}?{urlencode(onwards)}"
    return places


def _reader(request, practice):
    """Who looks: "anybody", "asks" (may make requests, or will be led there), "own" or "other"."""
    if not request.user.is_authenticated:
        return "anybody"
    member = request.member
    if member is None:
        return "other" if request.user.is_staff else "asks"
    if member.organization_id == practice.pk:
        return "own"
    return "asks" if member.holds(Permission.MAKE_REQUESTS) else "other"
