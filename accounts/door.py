"""What stands between signing in and working (product 2.4-2.6): a survey, an organization, its approval, two steps.

Whoever has one of these ahead is led there, whatever they asked for; nothing else opens until it is done.
"""

from django.shortcuts import redirect

from accounts.models import Member
from accounts.two_step import has_two_step

# Pages that ask nothing of whoever comes, signed in or not, and those that lead through the door.
OPEN = {
    *(
        "healthz",
        "sidebar",
        "check_status",
        "stripe_webhook",
        "agreement",
        "landing",
        "act_for",
        "still_here",
    ),
    *(
        "sign",
        "signing",
        "signing_birth_date",
        "signing_accept",
        "signing_language",
        "signing_revoke",
        "signing_copy",
    ),
    *(
        "survey",
        "choose_organization",
        "found_organization",
        "organization_by_npi",
        "ask_to_join",
        "withdraw_join",
        "verify_own_email",
    ),
    *(
        "standing",
        "apply_again",
        "invitation_follow",
        "invitation",
        "invitation_accept",
        "resume",
        "resume_drop",
    ),
}
OPEN_BELOW = ("/account/", "/sandbox/")


class door:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or is_open(request):
            return None
        ahead = what_is_ahead(request.user, request.member)
        return redirect(ahead) if ahead else None


def is_open(request):
    return request.resolver_match.url_name in OPEN or request.path.startswith(OPEN_BELOW)


def what_is_ahead(person, member):
    """The name of the page that must be passed first, or None where the way is free."""
    if not person.is_staff and person.onboarded_at is None:
        return "survey"
    if member is None and not person.is_staff and not Member.objects.filter(person=person).exists():
        return "choose_organization"
    if member and not member.organization.works:
        return "standing"
    asks = person.is_staff or (member and member.organization.requires_two_step)
    if asks and not has_two_step(person):
        return "mfa_index"
    return None
