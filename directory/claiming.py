"""Practices and their places in the directory: who is approved can be asked, by their NPI or by a place of their own.

A custodian without an organization is unclaimed: its practice doesn't work here, and nobody answers for it. A
suspended practice keeps its places; `CustodianQuerySet.in_network` leaves them out until it works again.
"""

from dataclasses import fields

from django.db import transaction
from django.dispatch import receiver

from accounts.onboarding.facts import Facts
from accounts.signals import npi_sought, organization_opened
from directory.models import Custodian, RegistryEntry
from directory.suggesting.joining import tell_who_waits


@receiver(npi_sought)
def facts_of(sender, *, npi, **_signal):
    """What the directory knows of an NPI: a place that is listed here (the oldest row), else the registry's entry."""
    if not npi:
        return None
    known = Custodian.objects.of_npi(npi).first()
    known = known or RegistryEntry.objects.filter(pk=npi, deactivated_on__isnull=True).first()
    return known and Facts(**{field.name: getattr(known, field.name) for field in fields(Facts)})


@receiver(organization_opened)
def claim(sender, *, organization, **_signal):
    """Give an approved practice its place: the unclaimed row of its NPI, else a new one of its own facts.

    Not where it has places already, nor where it never said its street: nobody could be sent there.
    """
    if not organization.is_provider or organization.custodians.exists():
        return
    with transaction.atomic():
        unclaimed = Custodian.objects.of_npi(organization.npi).filter(organization__isnull=True)
        place = unclaimed.select_for_update().first() if organization.npi else None
        if place:
            place.organization = organization
            place.save(update_fields=["organization"])
        elif organization.street and organization.city and organization.state:
            place = _make(organization)
        if place:
            tell_who_waits(place)


def _make(organization):
    return Custodian.objects.create(
        organization=organization,
        name=organization.name,
        kind=Custodian.Kind.of_npi(organization.npi),
        npi=organization.npi,
        street=organization.street,
        city=organization.city,
        state=organization.state,
        zip_code=organization.zip_code,
        phone=organization.phone,
        fax=organization.fax,
        email=organization.email,
        offers_fax=bool(organization.fax),
    )
