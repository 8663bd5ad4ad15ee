from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.models.record_request import RecordRequest


class RecordFileQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(removed_at__isnull=True)


class RecordFile(models.Model):
    """A file of records that the practice uploaded for one request."""

    record_request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="files")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordFileQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return f"File {self.pk} of request {self.record_request_id}"


class RecordPageQuerySet(models.QuerySet):
    def kept(self):
        """Pages of files that weren't removed, in the order of the release."""
        return self.filter(file__removed_at__isnull=True)

    def approved(self):
        """What is priced and released."""
        return self.kept().filter(verdict=RecordPage.Verdict.APPROVED)

    def unreviewed(self):
        return self.kept().filter(verdict=RecordPage.Verdict.NONE)


class RecordPage(models.Model):
    """One page of an uploaded file, and what a person decided about it (product 6.4)."""

    class Verdict(models.TextChoices):
        NONE = "", _("Not reviewed")
        APPROVED = "approved", _("Approved")
        REMOVED = "removed", _("Removed")

    record_request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="pages")
    file = models.ForeignKey(RecordFile, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField(help_text="In its file, from 1.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True, default="")
    rotation = models.PositiveSmallIntegerField(default=0, help_text="Degrees clockwise: 0, 90, 180, 270.")
    reviewed_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordPageQuerySet.as_manager()

    class Meta:
        ordering = ["file__position", "file_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="page_once"),
            models.CheckConstraint(
                condition=models.Q(rotation__in=[0, 90, 180, 270]), name="page_quarter_turns"
            ),
        ]

    def __str__(self):
        return f"Page {self.number} of file {self.file_id}"
