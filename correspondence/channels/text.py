"""Texts by the function that settings name: the sandbox tray, or a provider's API."""

from django.conf import settings
from django.utils.module_loading import import_string


def send(address, *, subject, body):
    """Send one text of the subject and the link; returns the provider's id."""
    return import_string(settings.TEXT_CHANNEL)(address, f"{subject}\n{body}")
