"""Events go to our own webhook address, signed, through every middleware, without leaving the process.

An event is a row until it is answered with 2xx. A thread beside the web server or worker drains them a moment
after each call to the bank; what a dying process leaves is taken up by the next call, or by the beat task.
Nobody waits for the thread, so a slow webhook can't hold the request that caused it.
"""

import json
import logging
import threading
import time
from datetime import timedelta
from functools import lru_cache

import stripe
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from sandbox.models import Event

logger = logging.getLogger(__name__)

CLAIMED = timedelta(seconds=60)
A_MOMENT, IDLE = 0.3, 5.0


def deliver_events():
    """Deliver what is due, oldest first; gives how many were taken. Safe in several processes at once."""
    due = Event.objects.filter(delivered_at=None, due_at__lte=timezone.now()).order_by("number")
    return sum(_claim(event) and 200 <= deliver(event) < 300 for event in due)


def deliver(event, *, signed_at=None):
    """Post one event now, also a second time; gives the status it was answered with."""
    body = json.dumps(event.body)
    status = _post(body, _signature(body, signed_at))
    event.attempts += 1
    event.last_status = status
    if 200 <= status < 300:
        event.delivered_at = event.delivered_at or timezone.now()
    event.due_at = timezone.now() + min(timedelta(seconds=2**event.attempts), timedelta(hours=1))
    event.save(update_fields=["attempts", "last_status", "delivered_at", "due_at"])
    return status


def _claim(event):
    """Of two processes one wins; should it die, the event is due again in a minute."""
    untaken = Event.objects.filter(number=event.number, delivered_at=None, due_at=event.due_at)
    return untaken.update(due_at=timezone.now() + CLAIMED) == 1


def _signature(body, signed_at):
    return stripe.WebhookSignature.generate_signature_header(
        body, settings.STRIPE_WEBHOOK_SECRET, timestamp=int((signed_at or timezone.now()).timestamp())
    )


def _post(body, signature):
    try:
        path = reverse(settings.SANDBOX_WEBHOOK)
    except NoReverseMatch:
        return 404
    request = RequestFactory(SERVER_NAME="localhost").post(
        path, data=body, content_type="application/json", headers={"stripe-signature": signature}
    )
    return _door().get_response(request).status_code


@lru_cache(maxsize=1)
def _door():
    door = BaseHandler()
    door.load_middleware()
    return door


# The thread --------------------------------------------------------------------------------------
_guard = threading.Lock()
_wanted = threading.Event()
_thread = None


def wake():
    """Have what is due delivered soon, by this process."""
    global _thread
    if not settings.SANDBOX_DELIVERS:
        return
    with _guard:
        _wanted.set()
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_drain, name="bank events", daemon=True)
            _thread.start()


def _drain():
    global _thread
    try:
        while True:
            if not _wanted.wait(IDLE):
                with _guard:
                    if not _wanted.is_set():
                        _thread = None
                        return
            _wanted.clear()
            time.sleep(A_MOMENT)  # so that the caller has usually saved what the bank told it
            deliver_events()
    except Exception:
        logger.exception("bank events could not be delivered; the next call tries again")
    finally:
        connections.close_all()
