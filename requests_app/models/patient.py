from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from documents.crypto import seal, unseal


class Patient(models.Model):
    """Whose records are asked for, as the requestor wrote them down."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    ssn_sealed = models.BinaryField(default=b"", blank=True, editable=False)
    phone = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "last_name", "first_name"], name="patient_by_name"),
        ]

    def __str__(self):
        return f"Patient {self.pk}"

    @property
    def full_name(self):
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)

    @property
    def ssn(self):
        """All that was given: "", four digits, or nine. Show `ssn_last_four`; reveal this by a logged click."""
        return unseal(bytes(self.ssn_sealed), self._ssn_place) if self.ssn_sealed else ""

    @property
    def ssn_last_four(self):
        return self.ssn[-4:]

    def keep_ssn(self, ssn):
        """Seal the number (digits only, or "") to this very row; the row must be saved before."""
        self.ssn_sealed = seal(ssn, self._ssn_place) if ssn else b""
        self.save(update_fields=["ssn_sealed"])

    @property
    def _ssn_place(self):
        return f"patient/{self.pk}/ssn"
