from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts import tokens
from chartrequest.days import business_day
from correspondence.models import Notice
from requests_app.models.batch import Batch

LINK_LASTS = timedelta(days=30)
BIRTH_DATE_TRIES = 5
# A signed link must open again, since it is the way to revoke; one that isn't signed waits for its sender.
LOCK_LASTS = timedelta(hours=24)


class SigningInvitationQuerySet(models.QuerySet):
    def by_token(self, token):
        """The invitation a link opens, whatever became of it; None for a token nobody was given."""
        return self.by_hash(tokens.hashed(token))

    def by_hash(self, token_hash):
        return (
            self.filter(token_hash=token_hash).select_related("batch__organization", "batch__patient").first()
        )


class SigningInvitation(models.Model):
    """A link to one page where the patient reads and signs, for all custodians it was sent for (product 11.5)."""

    class Capacity(models.TextChoices):
        SELF = "self", _("I am the patient")
        GUARDIAN = "guardian", _("I am the patient's parent or guardian")
        ATTORNEY = "attorney", _("I hold the patient's power of attorney")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    phone = PhoneNumberField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    birth_date_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, blank=True)

    signed_at = models.DateTimeField(null=True, blank=True)
    signer_name = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=10, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity.choices, blank=True)
    # Who signs for a patient says by what right: "mother", "agent under a power of attorney of 2021".
    authority = models.CharField(max_length=160, blank=True)
    # The kinds of specially protected records that the signer put their initials to; see SensitiveKind.
    included = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, default="en")
    signed_from = models.GenericIPAddressField(null=True, blank=True)
    signed_with = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SigningInvitationQuerySet.as_manager()

    def __str__(self):
        return f"Invitation {self.pk} of batch {self.batch_id}"

    @classmethod
    def issue(cls, batch, *, email="", phone=""):
        """Make an invitation; returns it and its token, which is kept nowhere but in the link."""
        token, token_hash = tokens.draw()
        invitation = cls.objects.create(
            batch=batch,
            email=email,
            phone=phone,
            token_hash=token_hash,
            expires_at=timezone.now() + LINK_LASTS,
        )
        return invitation, token

    def renew(self, *, email, phone):
        """A new link in place of the old one, to these addresses; returns its token. Call it on the locked row."""
        token, self.token_hash = tokens.draw()
        self.email, self.phone = email, phone
        self.expires_at = timezone.now() + LINK_LASTS
        self.withdrawn_at = self.locked_at = self.opened_at = None
        self.birth_date_tries = 0
        self.save()
        return token

    def locked(self):
        """This row, fresh and locked until the transaction ends; after the requests it is for, never before."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    @property
    def is_open(self):
        return self.standing == "open"

    @property
    def is_locked(self):
        """Too many wrong birth dates."""
        if self.locked_at is None:
            return False
        return not self.signed_at or timezone.now() < self.locked_at + LOCK_LASTS

    @property
    def reference(self):
        """By this its notices are found."""
        return f"link {self.pk}"

    @property
    def failed(self):
        """The channels by which the newest link could not be delivered, as labels."""
        sent = Notice.objects.filter(reference=self.reference, created_at__gte=self.sent_at)
        lost = sent.filter(state__in=[Notice.State.FAILED, Notice.State.BOUNCED])
        return [Notice.Channel(channel).label for channel in lost.values_list("channel", flat=True)]

    @property
    def standing(self):
        """What became of the link: "locked", "revoked", "signed", "withdrawn", "expired" or "open"."""
        if self.is_locked:
            return "locked"
        if self.signed_at:
            return "revoked" if self.revoked_at else "signed"
        if self.withdrawn_at:
            return "withdrawn"
        return "open" if timezone.now() < self.expires_at else "expired"


class AuthorizationQuerySet(models.QuerySet):
    def counting(self):
        return self.filter(replaced_at__isnull=True)


class Authorization(models.Model):
    """What allows the custodian to disclose: a form or order that was uploaded, or one the patient signs here."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("General release")
        E_AUTHORIZATION = "e_authorization", _("Patient e-Authorization")
        WORKERS_COMPENSATION = "workers_compensation", _("Workers' compensation claim")
        SOCIAL_SECURITY = "social_security", _("State social security authorization")
        SUBPOENA = "subpoena", _("Subpoena duces tecum")
        COURT_ORDER = "court_order", _("Court order")

    record_request = models.ForeignKey(
        "requests_app.RecordRequest", on_delete=models.CASCADE, related_name="authorizations"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invitation = models.ForeignKey(
        SigningInvitation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authorizations",
    )
    # Where the patient is asked to sign; one link goes to each distinct pair of a batch.
    patient_email = models.EmailField(blank=True)
    patient_phone = PhoneNumberField(blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    # Of one that was signed here: the hash of what was asked, the text that was signed, and that text's hash.
    terms_sha256 = models.CharField(max_length=64, blank=True)
    signed_clauses = models.JSONField(default=list, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField(null=True, blank=True, help_text="Its last day, where it is known.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_request"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_authorization_counts",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of request {self.record_request_id}"

    @property
    def is_given(self):
        """There is a paper: uploaded, or signed."""
        return self.document_id is not None

    @property
    def is_for_patient(self):
        """The patient is, or will be, asked to sign it by a link."""
        return self.document_id is None and bool(self.patient_email or self.patient_phone)

    @property
    def is_signed_here(self):
        return bool(self.signed_sha256)

    @property
    def is_expired(self):
        return self.expires_on is not None and self.expires_on < business_day()
