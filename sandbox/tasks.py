from celery import shared_task

from sandbox import bank


@shared_task
def deliver_events():
    """Take up events whose process died, or that our webhook refused."""
    bank.deliver_events()
