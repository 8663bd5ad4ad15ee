"""Email by Django's backend: SMTP, a provider's API through django-anymail, or the sandbox tray."""

from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage

from correspondence.channels import Refused

PERMANENT = 500  # SMTP's answers from here on are final; below, "try again later" (RFC 5321, 4.2.1)


def send(address, *, subject, body, key):
    """Send a plain text email; returns the provider's id, if it gives one. Raises Refused.

    The same `key` makes the same Message-ID, so that a letter that went out twice is shown once.
    """
    headers = {"Message-ID": f"<{key}@{urlsplit(settings.SITE_URL).hostname}>"}
    message = EmailMessage(subject=subject, body=body, to=[address], headers=headers)
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        if all(code >= PERMANENT for code, _ in refused.recipients.values()):
            raise Refused from refused
        raise
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as refused:
        raise Refused from refused
    status = getattr(message, "anymail_status", None)
    return str(getattr(status, "message_id", "") or "")
