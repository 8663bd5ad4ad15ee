from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from accounts.models.organization import Organization
from accounts.models.person import Person
from accounts.models.role import Role
from audit.actors import Actor


class MemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(removed_at__isnull=True, person__is_active=True)

    def of(self, person):
        """The memberships a person may act by, oldest first."""
        mine = self.active().filter(person=person)
        return mine.select_related("person", "organization", "role").order_by("id")

    def who_may(self, permission, organization):
        """The members of an organization whose role holds `permission`."""
        members = self.active().filter(organization=organization).select_related("person", "role")
        return [member for member in members if member.may(permission)]


class Member(models.Model):
    """A person in an organization: the one who acts (`request.member`)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="members")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    joined_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=models.Q(removed_at__isnull=True),
                name="member_once",
            )
        ]

    def __str__(self):
        return f"{self.person} ({self.organization})"

    def clean(self):
        if self.role_id and self.organization_id and self.role.organization_id != self.organization_id:
            raise ValidationError({"role": "This role belongs to another organization."})

    def may(self, permission):
        return self.removed_at is None and permission in self.role.permissions

    @property
    def zone(self):
        return self.person.zone or self.organization.zone

    @property
    def actor(self):
        return Actor(
            name=self.person.full_name,
            organization_name=self.organization.name,
            person_id=self.person_id,
            organization_id=self.organization_id,
        )
