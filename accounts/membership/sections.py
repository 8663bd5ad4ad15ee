"""This app's parts of "My Organization"; those of other apps stand between the facts and the members."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.idle.naming import name_forms
from accounts.membership import history, people
from accounts.models import Permission
from accounts.own_account.forms import ZONES
from accounts.sections import ORGANIZATION

NEWEST = 5


def is_practice(member):
    return member.organization.is_provider


def is_requestor(member):
    return not member.organization.is_provider


def who_manage(member):
    return member.may(Permission.MANAGE_USERS) or member.may(Permission.MANAGE_ORGANIZATION)


def _facts(request):
    organization = request.member.organization
    return {
        "organization": organization,
        "zone": dict(ZONES).get(organization.time_zone, organization.time_zone),
        "site_url": settings.SITE_URL,
        "may_edit": request.member.may(Permission.MANAGE_ORGANIZATION),
    }


def _members(request):
    organization = request.member.organization
    return {
        "members": people.of(organization),
        "may_manage": request.member.may(Permission.MANAGE_USERS),
        "waiting": organization.join_requests.filter(state="asked").count(),
    }


def _two_step(request):
    organization = request.member.organization
    return {
        "organization": organization,
        "without": people.without_two_step(organization),
        "may_edit": request.member.may(Permission.MANAGE_ORGANIZATION),
    }


def _activity(request):
    organization = request.member.organization
    newest = history.entries(organization)[:NEWEST]
    return {"activity": history.told(newest, organization), "is_whole": organization.activity_count <= NEWEST}


_FACTS = {"template": "accounts/organization/_facts.html", "facts": _facts}
sections.add(ORGANIZATION, 10, _("Facility details"), shown=is_practice, **_FACTS)
sections.add(ORGANIZATION, 10, _("Location and contacts"), shown=is_requestor, **_FACTS)
sections.add(ORGANIZATION, 80, _("Members"), "accounts/organization/_members.html", facts=_members)
sections.add(
    ORGANIZATION,
    85,
    _("Two-step verification"),
    "accounts/organization/_two_step.html",
    facts=_two_step,
    shown=who_manage,
)
sections.add(
    ORGANIZATION, 90, _("Activity"), "accounts/organization/_activity.html", facts=_activity, shown=who_manage
)

# What is offered to be sent again to who was signed out while typing (product 2.12).
name_forms(
    organization_edit=_("My Organization"),
    member_invite=_("Invite Your Colleagues"),
    member_role=_("Change role"),
    join_accept=_("Accept as a member"),
    permission_set=_("Assign Permissions"),
    two_step_require=_("Two-step verification for everybody"),
)
