from django.db import models
from django.utils import timezone

from requests_app.models.record_request import RecordRequest


class ChecklistItem(models.Model):
    """A line of a practice's review checklist: what must be looked at before a request leaves QA (product 6.4)."""

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.CASCADE, related_name="checklist"
    )
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.text


class ChecklistTick(models.Model):
    """Somebody says that a line of the checklist is done for one request."""

    record_request = models.ForeignKey(RecordRequest, on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    ticked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_request", "item"], name="tick_once")]

    def __str__(self):
        return f"{self.item_id} of request {self.record_request_id}"
