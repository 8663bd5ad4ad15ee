from django.db import models
from django.utils import timezone

from correspondence.models.thread import Thread


class Message(models.Model):
    """One message of a thread. The author's name is kept as it was on that day."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "accounts.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    organization_name = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=5000)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self):
        return f"Message {self.pk} of {self.thread_id}"
