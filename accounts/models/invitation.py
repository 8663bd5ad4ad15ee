from datetime import timedelta

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField

from accounts import telling, tokens
from accounts.models.member import Member
from accounts.models.organization import Organization
from accounts.models.person import Person
from accounts.models.role import Permission, Role
from audit.models import Lifecycle, MoveRefused, verb
from audit.models.lifecycle import LifecycleQuerySet

LASTS = timedelta(days=7)
BETWEEN_SENDS = timedelta(minutes=1)


class InvitationQuerySet(LifecycleQuerySet):
    def by_token(self, token):
        """The invitation a link opens, whatever became of it; None for a token nobody was given."""
        return self.by_hash(tokens.hashed(token))

    def by_hash(self, token_hash):
        """The same, where only the hash is known any more: a session keeps no token."""
        return self.filter(token_hash=token_hash).select_related("organization", "role", "invited_by").first()

    def open(self):
        return self.filter(state=Invitation.State.SENT)


class Invitation(Lifecycle):
    """ "Invite Your Colleagues" (product 2.7): a link that works once, for 7 days, and for one address only."""

    class State(models.TextChoices):
        SENT = "sent", gettext_lazy("Sent")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        REVOKED = "revoked", gettext_lazy("Taken back")

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=160)
    email = models.EmailField()
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    state = FSMField(max_length=10, default=State.SENT, choices=State.choices, protected=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(state="sent"),
                name="invited_once",
            )
        ]

    def __str__(self):
        return f"Invitation {self.pk}"

    @classmethod
    def send(cls, organization, *, name, email, role, by):
        """Invite somebody; returns the invitation. Raises MoveRefused where they are a member or invited already."""
        email = email.strip().lower()
        with organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            role.must_be_within(by)
            cls._must_be_new(email, organization)
            token, token_hash = tokens.draw()
            invitation = cls.objects.create(
                organization=organization,
                name=name,
                email=email,
                role=role,
                token_hash=token_hash,
                invited_by_id=by.actor.person_id,
                expires_at=timezone.now() + LASTS,
            )
            invitation.record("sent", by=by, to_state=cls.State.SENT)
            organization.record("invited", by=by, invitation=invitation.pk, role=role.name)
            invitation._owe(token, by)
        return invitation

    @classmethod
    def _must_be_new(cls, email, organization):
        said = {"email": email, "organization": organization.name}
        if Member.objects.active().filter(organization=organization, person__email__iexact=email).exists():
            raise MoveRefused(_("%(email)s belongs to %(organization)s already.") % said)
        if cls.objects.open().filter(organization=organization, email=email).exists():
            raise MoveRefused(_("%(email)s is invited already. Send that invitation again instead.") % said)

    def resend(self, *, by):
        """A new link for another 7 days; the old one stops working. At most one a minute."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            row = self.locked()
            row.role.must_be_within(by)
            if row.state != self.State.SENT:
                raise MoveRefused(row.why_not("resend"))
            if timezone.now() - row.sent_at < BETWEEN_SENDS:
                raise MoveRefused(_("It was sent less than a minute ago. Wait a moment."))
            token, row.token_hash = tokens.draw()
            row.sent_at, row.expires_at = timezone.now(), timezone.now() + LASTS
            row.save(update_fields=["token_hash", "sent_at", "expires_at"])
            row.record("resent", by=by)
            organization.record("invited_again", by=by, invitation=row.pk)
            row._owe(token, by)
        self._become(row)

    def revoke(self, *, by):
        """Take it back; the link stops working at once."""
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            self.role.must_be_within(by)
            self._revoke(by=by)
            organization.record("invitation_revoked", by=by, invitation=self.pk)

    @verb(source=State.SENT, target=State.REVOKED, event="revoked")
    def _revoke(self, *, by):
        pass

    def accept(self, person):
        """Make its reader a member; returns the membership. Raises MoveRefused: used, old, not theirs."""
        with transaction.atomic():
            organization = self.organization.locked()
            self._accept(by=person.acting_for(organization), person=person)
            return Member.join(person, organization, self.role, by=person.acting_for(organization))

    @verb(source=State.SENT, target=State.ACCEPTED, event="accepted")
    def _accept(self, *, by, person):
        if self.is_expired:
            raise MoveRefused(_("This invitation is too old. Ask for a new one."))
        if not self.is_for(person):
            raise MoveRefused(_("This invitation is for another email address."))
        self.accepted_by = person

    def why_not(self, name):
        if self.state == self.State.ACCEPTED:
            return _("This invitation was accepted already.")
        return _("This invitation was taken back.")

    @property
    def is_expired(self):
        return timezone.now() >= self.expires_at

    def is_for(self, person):
        return person.email.lower() == self.email

    def _owe(self, token, by):
        telling.tell_address(
            self.email,
            "invitation",
            secret_path=reverse("invitation_follow", args=[token]),
            on_behalf_of=self.organization.public_name,
            name=self.name,
            inviter=by.actor.name,
        )
