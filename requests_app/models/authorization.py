import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from requests_app.models.batch import Batch

LINK_LASTS = timedelta(days=30)


class SigningInvitationQuerySet(models.QuerySet):
    def by_token(self, token):
        """The invitation a link opens, whatever became of it; None for a token nobody was given."""
        return self.filter(token_hash=_hashed(token)).first()


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

    signed_at = models.DateTimeField(null=True, blank=True)
    signer_name = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=10, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity.choices, blank=True)
    signed_from = models.GenericIPAddressField(null=True, blank=True)
    signed_with = models.CharField(max_length=300, blank=True)

    objects = SigningInvitationQuerySet.as_manager()

    def __str__(self):
        return f"Invitation {self.pk} of batch {self.batch_id}"

    @classmethod
    def issue(cls, batch, *, email="", phone=""):
        """Make an invitation; returns it and its token, which is kept nowhere but in the link."""
        token = secrets.token_urlsafe(24)
        invitation = cls.objects.create(
            batch=batch,
            email=email,
            phone=phone,
            token_hash=_hashed(token),
            expires_at=timezone.now() + LINK_LASTS,
        )
        return invitation, token

    @property
    def is_open(self):
        return not self.signed_at and not self.withdrawn_at and timezone.now() < self.expires_at


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


def _hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()
