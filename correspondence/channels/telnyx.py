"""Texts and faxes by Telnyx. Imported only where settings name it: the client takes 1.3 s to load."""

import io

from django.conf import settings


def _client():
    import telnyx  # see above

    return telnyx.Telnyx(api_key=settings.TELNYX_API_KEY)


def send_text(number, body):
    """Hand one text over; returns Telnyx's message id."""
    sent = _client().messages.send(to=number, from_=settings.TELNYX_FROM, text=body)
    return sent.data.id


def send_fax(number, pdf):
    """Hand one PDF over as a fax; returns Telnyx's fax id."""
    client = _client()
    media = client.media.upload(media=("fax.pdf", io.BytesIO(pdf), "application/pdf"))
    sent = client.faxes.create(
        connection_id=settings.TELNYX_FAX_APP,
        from_=settings.TELNYX_FROM,
        to=number,
        media_name=media.data.media_name,
    )
    return sent.data.id
