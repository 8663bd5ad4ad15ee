"""The task queue. Work that must happen is a row of the outbox; Celery only carries its id."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chartrequest.settings.embedded")

TRANSPORT_ALIASES["filesystem"] = "chartrequest.file_queue:Transport"

app = Celery("chartrequest")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
