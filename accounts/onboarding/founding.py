"""Somebody who has no organization founds theirs (product 2.3)."""

from django.db import IntegrityError, transaction

from accounts.models import Member, Organization, Person, Role, Survey
from accounts.onboarding import finding


class ThereAlready(Exception):
    """Somebody else's organization has their mail domain or its NPI: they may ask to join it."""


def found(person, *, kind, **facts):
    """Make the organization and its founder's membership as Administrator; returns the membership.

    A second click founds nothing more. Raises ThereAlready, also where two colleagues found it at the same moment:
    the constraint on the mail domain lets one through.
    """
    try:
        return _found(person, kind, facts)
    except (
        IntegrityError
    ):  # the same mail domain, or two new practices of one name that drew one landing page
        return _found(person, kind, facts)


@transaction.atomic
def _found(person, kind, facts):
    Person.objects.select_for_update().get(pk=person.pk)  # two tabs of theirs, one after the other
    mine = Member.objects.of(person).first()
    if mine:
        return mine
    if finding.there_already(person, facts.get("npi", "")):
        raise ThereAlready
    if kind == Organization.Kind.PROVIDER:
        survey = Survey.objects.select_related("person").filter(person=person).first()
        facts = facts | (survey.practice if survey else {})
    organization = Organization.found(by=person, kind=kind, mail_domain=finding.own_domain(person), **facts)
    administrator = organization.roles.get(name=Role.ADMINISTRATOR)
    return Member.join(person, organization, administrator, by=person.acting_for(organization))
