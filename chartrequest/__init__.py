"""Wiring only: settings, addresses, task queue, middleware. No business rule lives here."""

from chartrequest.celery import app as celery_app

__all__ = ["celery_app"]
