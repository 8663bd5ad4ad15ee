"""Faxes by the module that settings name: the sandbox tray, or a provider's API."""

from importlib import import_module

from django.conf import settings

SENDING, DELIVERED, FAILED = "sending", "delivered", "failed"

# Telnyx takes 20 MB and 350 pages; at half a minute a page, 200 already hold a line for almost two hours.
MOST_PAGES = 200
MOST_BYTES = 20 * 1000 * 1000


def takes(pages, size):
    """Whether a PDF of that many pages and bytes can be sent as a fax."""
    return pages <= MOST_PAGES and size <= MOST_BYTES


def send(number, pdf, *, key):
    """Hand a PDF (bytes) over; returns the provider's id. The same `key` never sends a second fax.

    Raises Refused where the provider won't take this number or file.
    """
    return import_module(settings.FAX_CHANNEL).send_fax(number, pdf, key=key)


def state(fax_id):
    """SENDING, DELIVERED or FAILED, as the provider says."""
    return import_module(settings.FAX_CHANNEL).fax_state(fax_id)
