from django.db import models
from django.utils import timezone

from accounts.models.organization import Organization


class DependentQuerySet(models.QuerySet):
    def of(self, member):
        """Those of the acting patient's own household, whom they did not remove."""
        mine = self.filter(
            organization=member.organization_id, organization__kind=Organization.Kind.HOUSEHOLD
        )
        return mine.filter(removed_at__isnull=True)


class Dependent(models.Model):
    """Somebody a patient asks for: a child, a parent (product 4.3). Removing one keeps their past requests whole."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="dependents")
    first_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    grade = models.CharField(max_length=40, blank=True)
    school = models.CharField(max_length=160, blank=True)
    sports = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = DependentQuerySet.as_manager()

    class Meta:
        ordering = ["first_name", "id"]

    def __str__(self):
        return f"Dependent {self.pk}"

    @property
    def full_name(self):
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)

    def remove(self):
        """Take the dependent off the list; requests made for them stay as they are. Twice changes nothing."""
        if self.removed_at is None:
            self.removed_at = timezone.now()
            self.save(update_fields=["removed_at"])
