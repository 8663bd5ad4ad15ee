import hashlib
import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.organization import Organization
from accounts.models.role import Permission
from audit.models import MoveRefused

MOST_DEPENDENTS = 50
FACTS = ["first_name", "middle_name", "last_name", "birth_date", "grade", "school", "sports"]


class AlreadyThere(MoveRefused):
    """The household has somebody of this name and birth date: `twin`."""

    def __init__(self, twin):
        super().__init__(_("Somebody with this name and birth date is in your list already."))
        self.twin = twin


class ChangedMeanwhile(MoveRefused):
    """The facts are no longer those that the page showed."""

    def __init__(self):
        super().__init__(
            _(
                "This was changed in the meantime, on another page. To replace it by what you typed, save again."
            )
        )


class DependentQuerySet(models.QuerySet):
    def ever_of(self, member):
        """Those of the acting patient's own household, also whom they removed."""
        return self.filter(
            organization=member.organization_id, organization__kind=Organization.Kind.HOUSEHOLD
        )

    def of(self, member):
        """Those of the acting patient's own household, whom they did not remove."""
        return self.ever_of(member).filter(removed_at__isnull=True)


class Dependent(models.Model):
    """Somebody a patient asks for: a child, a parent (product 4.3). Removing one keeps their past requests whole.

    One household changes one dependent at a time; its Activity tells of each change, without names.
    """

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

    @property
    def facts(self):
        return {name: getattr(self, name) for name in FACTS}

    @property
    def version(self):
        """What a page that shows the facts sends back, so that nobody replaces what they did not see."""
        text = json.dumps([str(one) for one in self.facts.values()])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @classmethod
    def add(cls, *, by, **facts):
        """A new dependent of the acting patient's household. Raises AlreadyThere, MoveRefused, NotPermitted."""
        with by.organization.held(by=by, permission=Permission.MAKE_REQUESTS) as (household, by):
            dependent = cls(organization=household, **facts)
            dependent._refuse_twin(by)
            if cls.objects.of(by).count() >= MOST_DEPENDENTS:
                raise MoveRefused(
                    _("You can keep %(most)d dependents. Remove one before you add another.")
                    % {"most": MOST_DEPENDENTS}
                )
            dependent.save()
            household.record("dependent_added", by=by, dependent=dependent.pk)
        return dependent

    def change(self, *, by, seen, **facts):
        """Replace the facts; `seen` is the version that the person was shown.

        Raises ChangedMeanwhile, AlreadyThere, NotPermitted, and DoesNotExist once it was removed.
        """
        with self.organization.held(by=by, permission=Permission.MAKE_REQUESTS) as (household, by):
            row = Dependent.objects.of(by).get(pk=self.pk)
            if row.version != seen:
                raise ChangedMeanwhile
            before = row.version
            for name in FACTS:
                setattr(row, name, facts[name])
            if row.version != before:
                row._refuse_twin(by)
                row.save()
                household.record("dependent_changed", by=by, dependent=row.pk)

    def remove(self, *, by):
        """Take the dependent off the list; requests made for them stay as they are. Twice changes nothing."""
        with self.organization.held(by=by, permission=Permission.MAKE_REQUESTS) as (household, by):
            row = Dependent.objects.ever_of(by).get(pk=self.pk)
            if row.removed_at is None:
                row.removed_at = timezone.now()
                row.save(update_fields=["removed_at"])
                household.record("dependent_removed", by=by, dependent=row.pk)

    def _refuse_twin(self, by):
        for other in Dependent.objects.of(by).filter(birth_date=self.birth_date).exclude(pk=self.pk):
            if other._name_key == self._name_key:
                raise AlreadyThere(other)

    @property
    def _name_key(self):
        return self.first_name.casefold(), self.last_name.casefold()
