import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from requests_app.grounds import Ground, MissingReason
from requests_app.models.record_request import RecordRequest


class OutcomeQuerySet(models.QuerySet):
    def counting(self):
        """Those of the present release: at most one for each request."""
        return self.filter(superseded_at__isnull=True)


class Outcome(models.Model):
    """How a practice answered: with all that was asked for, a part, a statement, or a denial (product 1.12).

    Chosen when the price is set. `letter` is the text that was signed, as a list of {heading, paragraphs}; its PDF
    is the released record where there are no pages, and stands in front of them where a part is withheld.
    `superseded_at` is set when the requestor says that something is missing.
    """

    class Kind(models.TextChoices):
        FULL = "full", _("Full")
        PARTIAL = "partial", _("Partial")
        NO_RECORDS = "no_records", _("No records")
        DENIED = "denied", _("Denied")

    record_request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    delivered_types = models.JSONField(default=list, blank=True)
    delivered_from = models.DateField(null=True, blank=True)
    delivered_to = models.DateField(null=True, blank=True)
    missing = models.TextField(blank=True, max_length=1000)
    missing_reason = models.CharField(max_length=12, choices=MissingReason.choices, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    explanation = models.TextField(blank=True, max_length=2000)
    elsewhere = models.CharField(max_length=300, blank=True)
    # The practice's privacy contact, 45 CFR 164.524(d)(2)(iii).
    contact_name = models.CharField(max_length=160, blank=True)
    contact_phone = PhoneNumberField(blank=True)
    contact_address = models.CharField(max_length=300, blank=True)
    letter = models.JSONField(default=list, blank=True)
    document = models.OneToOneField(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=160, blank=True)
    organization_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_request"], condition=Q(superseded_at__isnull=True), name="one_outcome_counts"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of request {self.record_request_id}"

    @property
    def is_letter(self):
        """The letter is all that is released: no pages of records, nothing to pay."""
        return self.kind in (self.Kind.NO_RECORDS, self.Kind.DENIED)

    @property
    def letter_sha256(self):
        """The hash of the signed text, which the activity keeps too; "" where there is no letter."""
        return hashlib.sha256(json.dumps(self.letter).encode()).hexdigest() if self.letter else ""


class EarlierDelivery(models.Model):
    """What was delivered before the requestor said that something is missing; it stays theirs."""

    record_request = models.ForeignKey(
        RecordRequest, on_delete=models.PROTECT, related_name="earlier_deliveries"
    )
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    outcome = models.OneToOneField(Outcome, null=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()
    delivered_at = models.DateTimeField()
    faxed_at = models.DateTimeField(null=True, blank=True)
    missing = models.TextField(max_length=2000)
    reported_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "earlier deliveries"

    def __str__(self):
        return f"Earlier delivery {self.pk} of request {self.record_request_id}"
