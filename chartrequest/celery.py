"""The task queue. Work that must happen is a row of the outbox; Celery only carries its id."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chartrequest.settings.embedded")

app = Celery("chartrequest")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
