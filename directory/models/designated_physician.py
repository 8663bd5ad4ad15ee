from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Listed


class DesignatedPhysician(Listed):
    """A physician whom a requestor names to look at records on its behalf (product 2.10)."""

    named = "physician"

    name = models.CharField(max_length=160)
    npi = models.CharField("NPI", max_length=10, blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return self.name
