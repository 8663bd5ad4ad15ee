import hashlib
import json
from datetime import UTC

from django.db import models
from django.utils import timezone


class ActivityQuerySet(models.QuerySet):
    def of(self, *subjects):
        """The entries of one subject, or of several of one model."""
        ids = [one.pk for one in subjects]
        return self.filter(subject_type=subjects[0]._meta.label_lower, subject_id__in=ids)

    def append(self, event, said, *, by):
        """Append an entry about `event` to the chain of each row: all at once, the rows being of one model.

        `said` are pairs of a row, locked and fresh, and the fields of its entry: `details`, and the states where it
        moved. Who has one row, perhaps stale, calls its `record`.
        """
        said = list(said)
        if not said:
            return []
        model, now, actor = type(said[0][0]), timezone.now(), by.actor
        hashes = self._newest_hashes([row for row, _fields in said])
        models.QuerySet(model).filter(pk__in=[row.pk for row, _fields in said]).update(
            activity_count=models.F("activity_count") + 1
        )
        return self.bulk_create(
            self._entry(row, event, now, actor, hashes.get((row.pk, row.activity_count), ""), fields)
            for row, fields in said
        )

    def _newest_hashes(self, rows):
        newest = self.of(*rows).filter(sequence__in={row.activity_count for row in rows})
        return {tuple(place): kept for *place, kept in newest.values_list("subject_id", "sequence", "hash")}

    def _entry(self, row, event, now, actor, before, fields):
        row.activity_count += 1
        entry = self.model(
            subject_type=row._meta.label_lower,
            subject_id=row.pk,
            sequence=row.activity_count,
            happened_at=now,
            event=event,
            person_id=actor.person_id,
            organization_id=actor.organization_id,
            actor_name=actor.name,
            organization_name=actor.organization_name,
            previous_hash=before,
            **fields,
        )
        entry.hash = entry.seal()
        return entry

    def update(self, **_changes):
        raise TypeError("Activity can't be edited.")

    def delete(self):
        raise TypeError("Activity can't be deleted.")


class Activity(models.Model):
    """One thing that happened to one subject: an entry of that subject's hash chain (product 1.2).

    Each entry carries the hash of the one before, and the subject counts its entries, so that an entry that was
    changed, taken out or cut off at the end is found by `check_invariants`. Written by `append` alone.
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
