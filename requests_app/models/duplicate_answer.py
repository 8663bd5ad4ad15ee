from django.db import models

from requests_app.models.record_request import RecordRequest


class DuplicateAnswer(models.Model):
    """Somebody saw that `earlier` asks for much the same, and wants this request too (product 1.11)."""

    record_request = models.ForeignKey(
        RecordRequest, on_delete=models.CASCADE, related_name="duplicate_answers"
    )
    earlier = models.ForeignKey(RecordRequest, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_request", "earlier"], name="duplicate_answered_once"),
        ]

    def __str__(self):
        return f"Request {self.record_request_id} beside {self.earlier_id}"
