from django.db import models

from requests_app.models.record_request import RecordRequest


class Release(models.Model):
    """What was delivered: approved pages, cover sheet and stamps, in one PDF (product 1.7)."""

    record_request = models.OneToOneField(RecordRequest, on_delete=models.PROTECT, related_name="release")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(help_text="Pages of records, without the cover sheet.")
    assembled_at = models.DateTimeField(auto_now_add=True)
    fax_id = models.CharField(max_length=120, blank=True)
    fax_attempts = models.PositiveSmallIntegerField(default=0)
    faxed_at = models.DateTimeField(null=True, blank=True)
    fax_failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"Release of request {self.record_request_id}"
