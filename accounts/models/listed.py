from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.organization import Organization
from audit.models import MoveRefused

PERMISSION = "manage_organization"


class ListedQuerySet(models.QuerySet):
    def of(self, organization):
        return self.filter(organization=organization, removed_at__isnull=True)


class Listed(models.Model):
    """A row of a list that an organization keeps for itself; who may manage the organization changes it.

    Every change is an entry of the organization's Activity: `named`_added, _changed, _removed. It holds the row's
    number, never what it says. A removed row stays, for what points to it.
    """

    named = ""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def add(cls, organization, *, by, **said):
        """A new row at the end of the list. Raises MoveRefused, NotPermitted."""
        with organization.held(by=by, permission=PERMISSION) as (held, by):
            row = cls(organization=held, **said)
            row.must_fit(held)
            row.save()
            held.record(f"{cls.named}_added", by=by, row=row.pk)
        return row

    def change(self, *, by, **said):
        """Change what `said` names, and leave the rest to whoever changed it. Raises MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=PERMISSION) as (held, by):
            row = self._fresh(held)
            changed = [name for name, value in said.items() if getattr(row, name) != value]
            if not changed:
                return
            for name in changed:
                setattr(row, name, said[name])
            row.must_fit(held)
            row.save(update_fields=changed)
            held.record(f"{self.named}_changed", by=by, row=row.pk, fields=changed)

    def remove(self, *, by):
        """Take the row off the list. Raises MoveRefused where somebody did already, NotPermitted."""
        with self.organization.held(by=by, permission=PERMISSION) as (held, by):
            row = self._fresh(held)
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
            held.record(f"{self.named}_removed", by=by, row=row.pk)

    def must_fit(self, organization):
        """Raise MoveRefused where the row can't stand so, beside the others of the locked organization."""

    def _fresh(self, organization):
        row = type(self).objects.of(organization).filter(pk=self.pk).first()
        if row is None:
            raise MoveRefused(_("It was removed meanwhile."))
        return row
