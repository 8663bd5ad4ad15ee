"""Sweeps; each is safe to run twice, at once, or after days of outage."""

from celery import shared_task

from requests_app.sweeping import drafts, requests


@shared_task
def sweep_requests():
    requests.sweep()


@shared_task
def sweep_drafts():
    drafts.sweep()
