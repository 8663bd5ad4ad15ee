"""What goes over the wire: events to deliver, replies kept for their idempotency keys, faults to play."""

from functools import partial

from django.db import models
from django.utils import timezone

from sandbox.models.books import new_id


class Event(models.Model):
    """Something happened; `body` is the snapshot of that moment, delivered until it is answered with 2xx."""

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "evt"))
    type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    body = models.JSONField()
    created = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_status = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return f"{self.type} {self.id}"


class Reply(models.Model):
    """The answer given to an idempotency key, kept for a day as Stripe does."""

    key = models.CharField(max_length=255, primary_key=True)
    asked = models.CharField(max_length=64)  # digest of method, path and parameters; never the parameters
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.key


class Fault(models.Model):
    """What shall go wrong next: a `kind` of sandbox.bank.faults, where the path contains `path`."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    path = models.CharField(max_length=100, blank=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.kind
