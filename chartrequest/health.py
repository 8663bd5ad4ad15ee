"""Whether this process can do its work, for a proxy or a container to ask. Says no more than that."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from chartrequest.celery import app

log = logging.getLogger(__name__)


@require_safe
def healthz(request):
    """200 where the database and the broker answer, else 503; which one is told to the log only."""
    for part, answers in (("database", _database), ("broker", _broker)):
        try:
            answers()
        except (DatabaseError, OperationalError, OSError):
            log.exception("health: no answer from %s", part)
            return HttpResponse("unwell\n", content_type="text/plain", status=503)
    return HttpResponse("well\n", content_type="text/plain")


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker():
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2, reraise_as_library_errors=True)
