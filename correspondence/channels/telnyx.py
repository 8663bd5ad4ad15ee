"""Texts and faxes by Telnyx. Imported only where settings name it: the client takes 1.3 s to load."""

from django.conf import settings

from correspondence.channels.fax import DELIVERED, FAILED, SENDING

STATES = {"delivered": DELIVERED, "failed": FAILED}


def _client():
    import telnyx  # see above

    return telnyx.Telnyx(api_key=settings.TELNYX_API_KEY, max_retries=0)


def send_text(number, body):
    """Hand one text over; returns Telnyx's message id."""
    return _client().messages.send(to=number, from_=settings.TELNYX_FROM, text=body).data.id


def send_fax(number, pdf, *, key):
    """Hand one PDF over as a fax; returns Telnyx's fax id. The file is named by `key`, so it is uploaded once."""
    client = _client()
    client.post(
        "/media",
        cast_to=object,
        body={"media_name": key, "ttl_secs": 24 * 60 * 60},
        files={"media": (f"{key}.pdf", pdf, "application/pdf")},
        options={"headers": {"Content-Type": "multipart/form-data"}},
    )
    sent = client.faxes.create(
        connection_id=settings.TELNYX_FAX_APP,
        from_=settings.TELNYX_FROM,
        to=number,
        media_name=key,
        extra_headers={"Idempotency-Key": key},
    )
    return sent.data.id


def fax_state(fax_id):
    """What Telnyx says of a fax; anything that isn't an end is still being sent."""
    return STATES.get(_client().faxes.retrieve(fax_id).data.status, SENDING)
