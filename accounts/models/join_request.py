from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField

from accounts import telling
from accounts.models.member import Member
from accounts.models.organization import Organization
from accounts.models.person import Person
from accounts.models.role import Permission
from audit.models import Lifecycle, MoveRefused, verb


class JoinRequest(Lifecycle):
    """Somebody of the same mail domain asks to join; the organization's administrators decide (product 2.3)."""

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DECLINED = "declined", gettext_lazy("Declined")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="join_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="join_requests")
    state = FSMField(max_length=10, default=State.ASKED, choices=State.choices, protected=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"], condition=models.Q(state="asked"), name="asked_once"
            )
        ]

    def __str__(self):
        return f"Join request {self.pk}"

    @classmethod
    def ask(cls, person, organization):
        """Ask to join; asking twice is asking once. Its administrators are told."""
        with transaction.atomic():
            organization = organization.locked()
            asked = cls.objects.filter(
                person=person, organization=organization, state=cls.State.ASKED
            ).first()
            if asked:
                return asked
            asked = cls.objects.create(person=person, organization=organization)
            asked.record("asked", by=person.acting_for(organization), to_state=cls.State.ASKED)
            deciders = [
                member.person
                for member in Member.objects.active()
                .filter(organization=organization)
                .select_related("person", "role")
                if member.holds(Permission.MANAGE_USERS)
            ]
            telling.tell(deciders, "join_asked", path=reverse("members"), organization=organization.name)
        return asked

    def accept(self, role, *, by):
        """Take the person in, with a role; returns the membership. Raises MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            if role.organization_id != organization.pk:
                raise MoveRefused(_("Choose a role of your own organization."))
            role.must_be_within(by)
            self._accept(by=by)
            member = Member.join(self.person, organization, role, by=by)
            self._tell("join_accepted", organization)
        return member

    def decline(self, *, by):
        """Say no; the person is told."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            self._decline(by=by)
            organization.record("join_declined", by=by, join_request=self.pk)
            self._tell("join_declined", organization)

    @verb(source=State.ASKED, target=State.ACCEPTED, event="accepted")
    def _accept(self, *, by):
        self.decided_at = timezone.now()

    @verb(source=State.ASKED, target=State.DECLINED, event="declined")
    def _decline(self, *, by):
        self.decided_at = timezone.now()

    def withdraw(self, *, by):
        """The person thinks better of it. `by` is the person themselves, acting for nobody yet."""
        with transaction.atomic():
            self.organization.locked()  # first, as who decides does: else each would wait for the other
            self._withdraw(by=by)

    @verb(source=State.ASKED, target=State.WITHDRAWN, event="withdrawn")
    def _withdraw(self, *, by):
        if by.actor.person_id != self.person_id:
            raise MoveRefused(_("Only the person who asked can take it back."))

    def _tell(self, event, organization):
        telling.tell([self.person], event, path=reverse("home"), organization=organization.name)
