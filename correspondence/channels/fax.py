"""Faxes by the function that settings name: the sandbox tray, or a provider's API."""

from django.conf import settings
from django.utils.module_loading import import_string


def send(number, pdf):
    """Fax a PDF (bytes); returns the provider's id, which a later report of delivery names."""
    return import_string(settings.FAX_CHANNEL)(number, pdf)
