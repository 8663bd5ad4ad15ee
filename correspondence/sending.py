"""Handing a notice to its channel."""

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

import outbox
from correspondence.channels import Refused, email, text
from correspondence.models import Notice
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
        notice.settle(Notice.State.FAILED)
        raise GiveUp from refused
    except Exception:
        if job.is_last_attempt:
            notice.settle(Notice.State.FAILED)
        raise
    notice.settle(Notice.State.DELIVERED, provider_id=provider_id)


def wording(notice):
    """Subject and body of a notice in its reader's language; the template's first line is the subject."""
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
    return subject.strip(), body.strip() + "\n"
