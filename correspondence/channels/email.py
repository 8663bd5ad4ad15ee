"""Email by Django's backend: SMTP, a provider's API through django-anymail, or the sandbox tray."""

from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage

from outbox.handlers import GiveUp


def send(address, *, subject, body):
    """Send a plain text email; raises GiveUp where the address itself is refused."""
    message = EmailMessage(subject=subject, body=body, to=[address])
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        raise GiveUp from refused
    status = getattr(message, "anymail_status", None)
    return str(getattr(status, "message_id", "") or "")
