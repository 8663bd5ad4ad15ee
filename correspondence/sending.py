"""Handing a notice to its channel."""

from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

import outbox
from correspondence.channels import Refused, email, text
from correspondence.models import ContactToCheck, Notice
from outbox.handlers import GiveUp

CHANNELS = {Notice.Channel.EMAIL: email.send, Notice.Channel.TEXT: text.send}


@outbox.handler("correspondence.send")
def send(job, *, notice_id):
    """Send one notice. It goes out twice only if the process dies between hand-over and commit."""
    notice = Notice.objects.select_related("person").get(pk=notice_id)
    if notice.state == Notice.State.DELIVERED:
        return
    subject, body = wording(notice)
    try:
        provider_id = CHANNELS[notice.channel](
            notice.address, subject=subject, body=body, key=f"notice-{notice.pk}"
        )
    except Refused as refused:
        _fail(notice, is_refused=True)
        raise GiveUp from refused
    except Exception:
        if job.is_last_attempt:
            _fail(notice)
        raise
    notice.settle(Notice.State.DELIVERED, provider_id=provider_id)


@transaction.atomic
def _fail(notice, *, is_refused=False):
    """Where a text doesn't reach somebody, an email does: told they are.

    A contact that is refused is for ops to check; a provider that was down says nothing of the contact.
    """
    if is_refused and notice.state == Notice.State.WAITING:
        why = ContactToCheck.Why.REFUSED
        ContactToCheck.objects.report(notice.channel, notice.address, why=why, reference=notice.reference)
    if notice.is_brief and notice.state == Notice.State.WAITING:
        person = notice.person
        said = {"reference": notice.reference, "path": notice.path, "words": notice.words}
        Notice.objects.owe_secret(notice.event, Notice.Channel.EMAIL, person.email, person=person, **said)
    notice.settle(Notice.State.FAILED)


def wording(notice):
    """Subject and body of a notice in its reader's language; the template's first line is the subject.

    Of a text that somebody chose: the subject after our name, and the link, in about 140 characters.
    """
    with translation.override(notice.language):
        said = render_to_string(
            f"correspondence/notices/{notice.event}.txt",
            {
                "notice": notice,
                "said": notice.words,
                "link": urljoin(settings.SITE_URL, notice.link_path),
                "site": settings.SITE_NAME,
            },
        ).strip()
    subject, _, body = said.partition("\n")
    if notice.is_brief:
        return f"{settings.SITE_NAME}: {subject.strip()}", urljoin(settings.SITE_URL, notice.path)
    return subject.strip(), body.strip() + "\n"
