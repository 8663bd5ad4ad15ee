import unicodedata

from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from documents.crypto import seal, unseal


class Patient(models.Model):
    """Whose records are asked for, as the requestor wrote them down."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    dependent = models.ForeignKey(
        "accounts.Dependent", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    ssn_sealed = models.BinaryField(default=b"", blank=True, editable=False)
    phone = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    # What a search looks through, see `search_key`; the practice searches across all who ask it.
    last_key = models.CharField(max_length=160, blank=True, editable=False)
    first_key = models.CharField(max_length=160, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "last_name", "first_name"], name="patient_by_name"),
            models.Index(fields=["last_key"], opclasses=["varchar_pattern_ops"], name="patient_by_last_key"),
            models.Index(
                fields=["first_key"], opclasses=["varchar_pattern_ops"], name="patient_by_first_key"
            ),
        ]

    def __str__(self):
        return f"Patient {self.pk}"

    def save(self, *args, update_fields=None, **kwargs):
        self.last_key, self.first_key = search_key(self.last_name), search_key(self.first_name)
        if update_fields and {"last_name", "first_name"} & set(update_fields):
            update_fields = {*update_fields, "last_key", "first_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def corrected(self, **said):
        """Another row with what `said` corrects; this one stays as it is for the requests that were made with it."""
        kept = {name: getattr(self, name) for name in ("middle_name", "phone", "email", "dependent")}
        other = Patient.objects.create(organization_id=self.organization_id, **(kept | said))
        if self.ssn_sealed:
            other.keep_ssn(self.ssn)
        return other

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


def search_key(name):
    """A name without case and accents, so that "Oscar" finds Óscar. At most twice as long as the name."""
    parted = unicodedata.normalize("NFKD", name)
    return "".join(one for one in parted if not unicodedata.combining(one)).lower()[:160]
