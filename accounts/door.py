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
        "pay_link",
        "linked_invoice",
        "linked_card",
        "linked_pay",
        "linked_bank",
        "linked_cancel",
        "linked_status",
        "linked_receipt",
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
WANTED = "wanted"
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
        return _led(request, ahead) if ahead else _back(request)


def _led(request, ahead):
    """To the page that comes first; where they wanted to go is kept until the way is free."""
    if request.method == "GET" and not request.htmx and not _is_home(request):
        request.session[WANTED] = request.get_full_path()
    return redirect(ahead)


def _back(request):
    """Who comes home for the first time goes on to where they wanted to go before."""
    wanted = request.session.pop(WANTED, None) if _is_home(request) and WANTED in request.session else None
    return redirect(wanted) if wanted else None


def _is_home(request):
    return request.resolver_match.url_name == "home"


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
