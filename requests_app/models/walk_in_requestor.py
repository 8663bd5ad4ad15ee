from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Kind, Listed

KINDS = [
    (Kind.LAW_FIRM, Kind.LAW_FIRM.label),
    (Kind.INSURER, Kind.INSURER.label),
    (Kind.GOVERNMENT, Kind.GOVERNMENT.label),
    (Kind.PROVIDER, Kind.PROVIDER.label),
    (Kind.HOUSEHOLD, _("Patient or relative")),
    (Kind.OTHER, _("Other")),
]


class WalkInRequestor(Listed):
    """Somebody who comes to a practice's desk often, so that nobody types them in anew (product 2.9, 6.7)."""

    named = "walk_in"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=KINDS)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return f"Frequent walk-in requestor {self.pk}"
