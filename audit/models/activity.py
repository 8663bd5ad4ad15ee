import hashlib
import json
from datetime import UTC

from django.db import models


class ActivityQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def update(self, **_changes):
        raise TypeError("Activity can't be edited.")

    def delete(self):
        raise TypeError("Activity can't be deleted.")


class Activity(models.Model):
    """One thing that happened to one subject: an entry of that subject's hash chain (product 1.2).

    Each entry carries the hash of the one before, and the subject counts its entries, so that an entry that was
    changed, taken out or cut off at the end is found by `check_invariants`. Written only by `Lifecycle.record`.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    event = models.CharField(max_length=60)
    from_state = models.CharField(max_length=50, blank=True)
    to_state = models.CharField(max_length=50, blank=True)
    details = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    organization_name = models.CharField(max_length=200, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        verbose_name_plural = "activity"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sequence"], name="activity_one_chain"
            )
        ]

    def __str__(self):
        return f"{self.subject_type} {self.subject_id} #{self.sequence} {self.event}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("Activity can't be edited.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Activity can't be deleted.")

    def seal(self):
        """The SHA-256 of what this entry says and of the entry before it, as 64 hex digits."""
        said = [
            self.subject_type,
            self.subject_id,
            self.sequence,
            self.happened_at.astimezone(UTC).isoformat(),
            self.event,
            self.from_state,
            self.to_state,
            self.details,
            self.person_id,
            self.organization_id,
            self.actor_name,
            self.organization_name,
            self.previous_hash,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
