"""Texts and faxes by Telnyx. Imported only where settings name it: the client takes 1.3 s to load."""

import base64
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from correspondence.channels import Refused
from correspondence.channels.fax import DELIVERED, FAILED, SENDING

STATES = {"delivered": DELIVERED, "failed": FAILED}
MEDIA_LASTS = timedelta(days=1)
# What the caller can't mend by waiting: a bad number, a blocked recipient, a file that is no fax.
FINAL = {400, 404, 410, 422}


def send_text(number, body):
    """Hand one text over; returns Telnyx's message id."""
    with _refusals():
        return _client().messages.send(to=number, from_=settings.TELNYX_FROM, text=body).data.id


def send_fax(number, pdf, *, key):
    """Hand one PDF over as a fax; returns Telnyx's fax id.

    Telnyx's faxes know no idempotency key, so ours travels as the fax's client state, and a fax of the last day that
    carries it is taken for this one: a worker that died between hand-over and commit sends no second fax.
    """
    client = _client()
    mark = base64.b64encode(key.encode()).decode()
    sent = _already_sent(client, number, mark)
    if sent:
        return sent
    with _refusals():
        media = _upload(client, pdf, key)
        fax = client.faxes.create(
            connection_id=settings.TELNYX_FAX_APP,
            from_=settings.TELNYX_FROM,
            to=number,
            media_name=media,
            client_state=mark,
        )
    return fax.data.id


def fax_state(fax_id):
    """What Telnyx says of a fax; anything that isn't an end is still being sent."""
    return STATES.get(_client().faxes.retrieve(fax_id).data.status, SENDING)


def _client():
    import telnyx  # see above

    # The outbox repeats what fails; a client that repeats by itself would send a text twice.
    return telnyx.Telnyx(api_key=settings.TELNYX_API_KEY, max_retries=0)


def _already_sent(client, number, mark):
    since = timezone.now() - MEDIA_LASTS
    faxes = client.faxes.list(
        filter={
            "to": {"eq": number},
            "direction": {"eq": "outbound"},
            "created_at": {"gte": since.isoformat()},
        }
    )
    return next((fax.id for fax in faxes if fax.client_state == mark), None)


def _upload(client, pdf, key):
    """Lay the PDF into Telnyx's store for a day; returns its name there, which nobody can guess."""
    name = f"{key}-{secrets.token_hex(16)}.pdf"
    client.post(
        "/media",
        cast_to=object,
        body={"media_name": name, "ttl_secs": int(MEDIA_LASTS.total_seconds())},
        files={"media": (name, pdf, "application/pdf")},
        options={"headers": {"Content-Type": "multipart/form-data"}},
    )
    return name


class _refusals:
    """Telnyx's final answers become Refused; what may pass (429, 5xx, no answer, a wrong key) goes on as it is."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if getattr(error, "status_code", None) in FINAL:
            raise Refused from error
