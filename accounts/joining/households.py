"""The household a patient acts for; it is there before their first page is (`Organization` says why there is one)."""

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from accounts.models import Kind, Member, Organization, Person, Role


@receiver(user_logged_in, dispatch_uid="a patient's household")
def when_signed_in(sender, user, **kwargs):
    if user.signed_up_as == Kind.HOUSEHOLD:
        open_household(user)


def open_household(person):
    """Found it, once in a life: not for two tabs at once, nor again for who has left one."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if Member.objects.filter(person=person).exists():
            return
        household = Organization.found(name=person.full_name, kind=Kind.HOUSEHOLD, by=person)
        role = Role.objects.get(organization=household, name=Role.ADMINISTRATOR)
        Member.join(person, household, role, by=person.acting_for(household))
