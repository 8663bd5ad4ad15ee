"""Texts by the module that settings name: the sandbox tray, or a provider's API."""

from importlib import import_module

from django.conf import settings


def send(address, *, subject, body, key):
    """Send one text of the subject and the body; returns the provider's id. Raises Refused."""
    return import_module(settings.TEXT_CHANNEL).send_text(address, f"{subject}\n{body}")
