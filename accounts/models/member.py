from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.organization import Organization
from accounts.models.person import Person
from accounts.models.role import Permission, Role
from accounts.signals import member_left
from audit.actors import SYSTEM, Actor
from audit.models import MoveRefused


class MemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(removed_at__isnull=True, person__is_active=True)

    def of(self, person):
        """The memberships a person may act by, oldest first."""
        mine = self.active().filter(person=person)
        return mine.select_related("person", "organization", "role").order_by("id")

    def who_may(self, permission, organization):
        """The members of an organization whose role holds `permission`."""
        members = self.active().filter(organization=organization)
        return [
            member
            for member in members.select_related("person", "role", "organization")
            if member.may(permission)
        ]

    def askers(self, organization_id, begun_by):
        """The people who are told what becomes of something asked for in an organization's name.

        Whoever began it; where they left, or nobody did (None), all who may ask there.
        """
        if begun_by and self.active().filter(organization=organization_id, person=begun_by).exists():
            return [begun_by]
        return [member.person for member in self.who_may(Permission.MAKE_REQUESTS, organization_id)]

    def who_manage(self, organization):
        """The members who manage it, whether or not it may work now."""
        members = self.active().filter(organization=organization).select_related("person", "role")
        return [member for member in members if member.holds(Permission.MANAGE_ORGANIZATION)]

    def administrators(self, organization):
        return self.active().filter(organization=organization, role__name=Role.ADMINISTRATOR)


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

    @classmethod
    def join(cls, person, organization, role, *, by=SYSTEM):
        """Make a person a member; who is one already stays as they are. Returns the membership."""
        with transaction.atomic():
            organization.locked()
            member = cls.objects.filter(person=person, organization=organization, removed_at=None).first()
            if member is None:
                member = cls.objects.create(person=person, organization=organization, role=role)
                organization.record("member_joined", by=by, member=member.pk, role=role.name)
        return member

    def remove(self, *, by):
        """End the membership; obeyed at that person's next click. Raises MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            row = self._governed(by)
            row._leave_an_administrator()
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
            organization.record("member_removed", by=by, member=row.pk)
            member_left.send(sender=Member, member=row)
        self.removed_at = row.removed_at

    def change_role(self, role, *, by):
        """Give the member another role of the organization. Raises MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            row = self._governed(by)
            role.must_be_within(by)
            if role.name != Role.ADMINISTRATOR:
                row._leave_an_administrator()
            before, row.role = row.role.name, role
            row.save(update_fields=["role"])
            organization.record("role_changed", by=by, member=row.pk, before=before, role=role.name)
        self.role = role

    def _governed(self, by):
        """This row as it is now, if `by` may do to its holder what they ask: nobody governs who may do more."""
        row = (
            Member.objects.select_related("role", "organization").filter(pk=self.pk, removed_at=None).first()
        )
        if row is None:
            raise MoveRefused(_("This person doesn't belong to the organization any more."))
        row.role.must_be_within(by)
        return row

    @property
    def is_last_administrator(self):
        others = Member.objects.administrators(self.organization).exclude(pk=self.pk)
        return self.role.name == Role.ADMINISTRATOR and not others.exists()

    def _leave_an_administrator(self):
        if self.is_last_administrator:
            raise MoveRefused(
                _("%(name)s is the last Administrator. Make somebody else an Administrator first.")
                % {"name": self.person.full_name}
            )

    def fresh(self):
        """This membership as it is now, or None where it has ended."""
        return Member.objects.of(self.person_id).filter(pk=self.pk).first()

    def may(self, permission):
        """Whether they may do it now: their role holds it, and the organization works (product 2.5)."""
        return self.organization.works and self.holds(permission)

    def holds(self, permission):
        """Whether the role holds it, whatever the organization's standing."""
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
