"""Letters of signing in, sent by a worker: the answer takes as long for an address that nobody has (no enumeration)."""

from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

import outbox
from accounts import telling
from accounts.models import Person
from accounts.two_step import is_proven_by_text
from outbox.queue import enqueue

NOBODY = 0


def owe_new_password(people):
    """Owe each of `people` the link to choose a new password; where there is nobody, the same work for nothing."""
    for person_id in [person.pk for person in people] or [NOBODY]:
        enqueue("accounts.new_password", person_id=person_id)


@outbox.handler("accounts.new_password")
def send_new_password(job, *, person_id):
    """The link is drawn here, so that no row holds it open.

    It goes where the account was shown to be somebody's. Who signed up by text may have mistyped the address, and
    whoever has that address must not get in: the link goes to the phone, and the letter only says so.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    by_text = is_proven_by_text(person)
    with translation.override(person.language), transaction.atomic():
        if by_text:
            telling.tell_address(
                person.phone, "new_password_text", by_text=True, secret_path=path, language=person.language
            )
        letter = get_adapter().render_mail(
            "account/email/password_reset_by_text" if by_text else "account/email/password_reset_key",
            person.email,
            {"operator": settings.OPERATOR}
            if by_text
            else {"user": person, "password_reset_url": urljoin(settings.SITE_URL, path)},
        )
        letter.send()
