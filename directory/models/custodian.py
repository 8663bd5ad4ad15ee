from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from localflavor.us.models import USStateField, USZipCodeField
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Standing


class CustodianQuerySet(models.QuerySet):
    def in_network(self):
        """Those whose practice works here and answers requests itself; not while it is suspended."""
        return self.filter(organization__standing=Standing.APPROVED)

    def search(self, *, state="", name=""):
        """Facilities of a state whose name, city or ZIP holds every word of `name`; favorites are a filter apart."""
        found = self.filter(state=state) if state else self
        for word in name.split():
            found = found.filter(
                models.Q(name__icontains=word)
                | models.Q(city__icontains=word)
                | models.Q(zip_code__startswith=word)
            )
        return found.order_by("name", "id")


class Custodian(models.Model):
    """A facility that holds records. With an `organization` it is in the network: that practice answers."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("Hospital")
        PHYSICIAN = "physician", _("Physician practice")
        ANY = "any", _("Other facility")

    organization = models.ForeignKey(
        "accounts.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="custodians",
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PHYSICIAN)
    npi = models.CharField("NPI", max_length=10, blank=True)
    specialty = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100)
    state = USStateField()
    zip_code = USZipCodeField(blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    offers_download = models.BooleanField(default=True)
    offers_fax = models.BooleanField(default=False)
    offers_rush = models.BooleanField(default=False)
    rush_fee = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("0.00"))
    provider_fee = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="What the practice adds to each priced request, where its agreement says so.",
    )
    agreed_copy_fee = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The agreed reasonable cost of a copy, for states whose law names no amount.",
    )

    objects = CustodianQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["state", "name"], name="custodian_by_state")]

    def __str__(self):
        return self.name

    @property
    def place(self):
        return f"{self.city}, {self.state}"

    @property
    def can_be_asked(self):
        """Whether somebody answers for it now."""
        return Custodian.objects.in_network().filter(pk=self.pk).exists()
