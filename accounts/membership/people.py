"""The members of an organization as its pages list them."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Member, Role
from accounts.two_step import WAYS


def of(organization):
    """Its members by name, each knowing whether they sign in by two steps (`has_two_step`); one query."""
    ways = Authenticator.objects.filter(user=OuterRef("person"), type__in=WAYS)
    mine = Member.objects.active().filter(organization=organization).annotate(has_two_step=Exists(ways))
    return mine.select_related("person", "role", "organization").order_by(
        Lower("person__first_name"), Lower("person__last_name"), "id"
    )


def without_two_step(organization):
    return [member for member in of(organization) if not member.has_two_step]


def governed(organization, by):
    """Its members, each with a sentence why `by` may not change or remove them, "" where they may."""
    members = list(of(organization))
    administrators = sum(member.role.name == Role.ADMINISTRATOR for member in members)
    return [(member, _why_not(member, by, administrators == 1)) for member in members]


def why_not(member, by):
    return _why_not(member, by, member.is_last_administrator)


def _why_not(member, by, one_administrator):
    if not member.role.is_within(by):
        return _("May do more than you may. Ask an Administrator.")
    if one_administrator and member.role.name == Role.ADMINISTRATOR:
        return _("The last Administrator stays. Make somebody else an Administrator first.")
    return ""
