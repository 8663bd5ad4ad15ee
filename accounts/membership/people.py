"""The members of an organization as its pages list them."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from accounts.models import Member
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
