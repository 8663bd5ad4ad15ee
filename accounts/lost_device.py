"""Somebody lost the device of their two-step verification, and the recovery codes: ops let them in (product 2.6)."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.urls import reverse

from accounts import letters, telling
from accounts.models import Person
from audit.models import MoveRefused, NotPermitted


def may_clear(by, person):
    """Never one's own; that of a colleague in ops only with all rights: it would be half a way to theirs."""
    is_ops = person.is_staff or person.is_superuser
    return by.has_perm("accounts.change_person") and by.pk != person.pk and (by.is_superuser or not is_ops)


def clear_two_step(person, *, by, reason):
    """End every second step of a person, and every session; they are told. `reason` stands in the history.

    A password that was long enough only together with it goes too, for a letter with the link to choose another.
    Raises NotPermitted, and MoveRefused where there is nothing to clear.
    """
    if not may_clear(by, person):
        raise NotPermitted("accounts.change_person")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if not Authenticator.objects.filter(user=person).delete()[0]:
            raise MoveRefused("This person has no two-step verification.")
        if person.password_is_short:
            person.set_unusable_password()
            person.password_is_short = False
            person.save(update_fields=["password", "password_is_short"])
            letters.owe_new_password([person])
        said = f"Cleared two-step verification: {reason}"
        LogEntry.objects.log_actions(by.pk, [person], CHANGE, said, single_object=True)
        telling.tell([person], "two_step_cleared", path=reverse("mfa_index"))
    for session in UserSession.objects.filter(user=person):
        session.end()
