"""Sweeps; each is safe to run twice, at once, or after days of outage."""

from celery import shared_task

from documents import orphans


@shared_task
def sweep_orphans():
    orphans.sweep()
