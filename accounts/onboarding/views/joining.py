from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import mail_domains
from accounts.limits import may_try
from accounts.models import JoinRequest, Kind
from accounts.onboarding import finding
from accounts.onboarding.forms import NpiForm
from accounts.onboarding.steps import for_founder, for_newcomer, page


@require_safe
@for_newcomer
def choose_organization(request):
    """Where a newcomer's organization comes from: ask to join the one that is there, else find or found it."""
    person = request.user
    waits = finding.asked(person)
    if waits:
        return page(request, "asked", join_request=waits, step="organization")
    if finding.must_show_address(person):
        return page(request, "address", domain=mail_domains.of(person.email), step="organization")
    there = finding.there_already(person)
    if there:
        was_declined = finding.declined(person, there)
        return page(request, "join", organization=there, was_declined=was_declined, step="organization")
    if finding.kind_of(person) != Kind.PROVIDER:
        return redirect("found_organization")
    return page(request, "choose", form=NpiForm(), step="organization")


@require_POST
@for_newcomer
def verify_own_email(request):
    """Send the code by which they show that the address is theirs; the sign-in library asks for it."""
    if not finding.must_show_address(request.user):
        return redirect("choose_organization")
    address, _made = EmailAddress.objects.get_or_create(
        user=request.user, email=request.user.email.lower(), defaults={"primary": True}
    )
    send_verification_email_to_address(request, address)
    after = urlencode({"next": reverse("choose_organization")})
    return redirect(f"{reverse('account_email_verification_sent')}?{after}")


@require_POST
@for_founder
def ask_to_join(request):
    """Ask the organization of one's mail domain, or of the NPI one typed; its administrators decide."""
    form = NpiForm(request.POST)
    npi = form.cleaned_data["npi"] if form.is_valid() else ""
    organization = finding.there_already(request.user, npi)
    if organization is None:
        raise Http404
    if not may_try(request, "ask_to_join"):
        return respond_429(request)
    JoinRequest.ask(request.user, organization)
    return redirect("choose_organization")


@require_POST
@for_newcomer
def withdraw_join(request):
    """Take one's own question back."""
    waits = finding.asked(request.user)
    if waits:
        waits.withdraw(by=request.user.acting_for(waits.organization))
        messages.success(
            request, _("You no longer ask to join %(name)s.") % {"name": waits.organization.name}
        )
    return redirect("choose_organization")
