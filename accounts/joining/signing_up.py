"""Signing up: an account is made, or its owner told that there is one, and nobody who asks can tell which (trust.md).

Both ways do the same work: one look for the address, one hashed password, the same rows written. Where the address
has an account they are written for nobody, and taken back.
"""

from datetime import datetime
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress, Login
from django.db import IntegrityError, transaction

from accounts.models import Person

NOBODY = 0


def sign_up(request, facts, *, by, after=None, instead_of=NOBODY):
    """Begin: send the code `by` "email" or "text", and answer with the page that asks for it.

    `facts` are the fields of a Person as JSON; `after` is where they wanted to go; `instead_of` is the id of the
    account that this sign-up made before, for another address.
    """
    with transaction.atomic():
        _forget(instead_of)
        person = _made(request, facts)
        login = Login(
            user=person,
            email=facts["email"],
            phone=facts["phone"] or None,
            redirect_url=after,
            signup=True,
            state={"sign_up": facts, "verify_by": by, "made": person.pk if person else NOBODY},
        )
        if person:
            record_authentication(request, person, "password", email=person.email)
        return perform_login(request, login)


def _made(request, facts):
    """The new Person, or None where the address has an account, also one that is made this very moment."""
    is_taken = bool(filter_users_by_email(facts["email"]))
    is_verified = get_adapter().is_email_verified(request, facts["email"])
    email = f"{uuid4().hex}@nobody.invalid" if is_taken else facts["email"]
    fields = facts | {"email": email, "agreed_at": datetime.fromisoformat(facts["agreed_at"])}
    try:
        with transaction.atomic():
            person = Person(**fields)
            person.save()
            address = EmailAddress.objects.create(
                user=person, email=email, verified=is_verified, primary=True
            )
            transaction.set_rollback(is_taken)
    except IntegrityError:
        return None
    EmailAddress.objects.fill_cache_for_user(person, [address])
    if not is_taken:
        get_adapter().unstash_verified_email(request)
    return None if is_taken else person


def _forget(person_id):
    """Drop an account that nobody ever got into; the same queries where there is none."""
    found = Person.objects.select_for_update().filter(pk=person_id, last_login=None, phone_verified_at=None)
    gone = found.values_list("pk", flat=True).first() or NOBODY
    for rows in (EmailAddress.objects.filter(user_id=gone), Person.objects.filter(pk=gone)):
        rows._raw_delete(rows.db)  # nothing else knows them; a cascade would look for what does
