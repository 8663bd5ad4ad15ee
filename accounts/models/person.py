from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models.kinds import Kind
from audit.actors import Actor

# Without two-step; with it, 8 are enough (NIST 800-63B, trust.md "Sign-in").
SHORTEST_PASSWORD = 15


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by email. What they may do comes from their memberships, or from ops groups."""

    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    birth_date = models.DateField(
        null=True, blank=True, help_text="Of patients: fills in their own requests."
    )
    phone = PhoneNumberField(blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="en", choices=settings.LANGUAGES)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    # What they signed up as; an organization of that kind is found or joined after the survey (product 2.3).
    signed_up_as = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    onboarded_at = models.DateTimeField(null=True, blank=True, help_text="When the survey was answered.")
    # The agreement they accepted, and everybody pays by (product 7.4).
    agreement_version = models.CharField(max_length=20, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    password_is_short = models.BooleanField(default=False, help_text="Enough only together with two-step.")
    outbound_columns = models.JSONField(default=list, blank=True)
    inbound_columns = models.JSONField(default=list, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self):
        return self.full_name or self.email

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.password_is_short = raw_password is not None and len(raw_password) < SHORTEST_PASSWORD

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self):
        return self.full_name

    @property
    def zone(self):
        return ZoneInfo(self.time_zone) if self.time_zone else None

    @property
    def actor(self):
        """As ops: a person of the platform itself. Members act by their membership instead."""
        return Actor(name=self.full_name, organization_name="ChartRequest", person_id=self.pk)

    def acting_for(self, organization):
        """Who acts where there is no membership yet: somebody who founds an organization, or asks to join it."""
        return Actor(
            name=self.full_name,
            organization_name=organization.name,
            person_id=self.pk,
            organization_id=organization.pk,
        )
