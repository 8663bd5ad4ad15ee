from functools import partial

from django.db import models
from django.utils import timezone

from sandbox.models.books import new_id


class Item(models.Model):
    """A letter, text or fax that would have gone out. In development the tray is the recipient."""

    class Kind(models.TextChoices):
        EMAIL = "email", "Email"
        TEXT = "text", "Text"
        FAX = "fax", "Fax"

    class State(models.TextChoices):
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Failed"
        BOUNCED = "bounced", "Bounced"

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "tray"))
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.CharField(max_length=320, db_index=True)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    pdf = models.BinaryField(null=True)
    attachments = models.JSONField(default=list)  # their names only
    state = models.CharField(max_length=10, choices=State.choices, default=State.DELIVERED)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return f"{self.kind} to {self.to}"


class Switch(models.Model):
    """An address or number that does not answer: refused at the hand-over, or failed or bounced after it."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Provider is down"
        FAILED = "failed", "Fails"
        BOUNCED = "bounced", "Bounces"

    number = models.BigAutoField(primary_key=True)
    to = models.CharField(max_length=320, unique=True)  # "*" is everybody
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.FAILED)

    def __str__(self):
        return f"{self.to}: {self.outcome}"
