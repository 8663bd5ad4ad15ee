from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BankCustomer(models.Model):
    """An organization as the bank knows it."""

    organization = models.OneToOneField("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    customer_id = models.CharField(max_length=80, unique=True)

    def __str__(self):
        return self.customer_id


class CardQuerySet(models.QuerySet):
    def usable_by(self, member):
        """A person's own cards of this organization, and those colleagues share with it (product 5.3)."""
        mine = Q(owner=member.person_id) | Q(is_shared=True)
        return self.filter(mine, organization=member.organization_id, removed_at__isnull=True)


class Card(models.Model):
    """A card saved at the bank. Its number was never here: the bank's id, the brand and the last four are."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    payment_method_id = models.CharField(max_length=80, unique=True)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()
    is_shared = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return _("%(brand)s ending in %(last4)s") % {"brand": self.brand, "last4": self.last4}

    @property
    def is_expired(self):
        today = timezone.localdate()
        return (self.exp_year, self.exp_month) < (today.year, today.month)

    def share(self, shared):
        self.is_shared = shared
        self.save(update_fields=["is_shared"])

    def remove(self):
        """Take the card out of use; charges made with it keep pointing here."""
        self.removed_at = timezone.now()
        self.save(update_fields=["removed_at"])
