"""Faxes by the module that settings name: the sandbox tray, or a provider's API."""

from importlib import import_module

from django.conf import settings

SENDING, DELIVERED, FAILED = "sending", "delivered", "failed"


def send(number, pdf, *, key):
    """Hand a PDF (bytes) over; returns the provider's id. The same `key` never sends a second fax."""
    return import_module(settings.FAX_CHANNEL).send_fax(number, pdf, key=key)


def state(fax_id):
    """SENDING, DELIVERED or FAILED, as the provider says."""
    return import_module(settings.FAX_CHANNEL).fax_state(fax_id)
