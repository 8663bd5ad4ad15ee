from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from localflavor.us.models import USStateField, USZipCodeField
from phonenumber_field.modelfields import PhoneNumberField


class Organization(models.Model):
    """Whom a request belongs to: a firm, a practice, or a patient's household of one.

    Patients act for a household of their own, so that ownership, cards and access are one rule for everybody.
    """

    class Kind(models.TextChoices):
        HOUSEHOLD = "household", _("Patient")
        LAW_FIRM = "law_firm", _("Law firm")
        INSURER = "insurer", _("Insurance")
        GOVERNMENT = "government", _("Government")
        OTHER = "other", _("Other professional")
        PROVIDER = "provider", _("Healthcare provider")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    npi = models.CharField("NPI", max_length=10, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = USStateField(blank=True)
    zip_code = USZipCodeField(blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def is_provider(self):
        return self.kind == self.Kind.PROVIDER

    @property
    def is_household(self):
        return self.kind == self.Kind.HOUSEHOLD

    @property
    def public_name(self):
        """What may stand in an email, or where nobody has shown yet who they are: a household's name is a patient's."""
        return settings.SITE_NAME if self.is_household else self.name
