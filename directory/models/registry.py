from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistryEntry(models.Model):
    """A provider as the national registry (NPPES) publishes it: a facility or a physician, by its NPI.

    Loaded by `manage.py import_registry` and changed by nothing else. A custodian of ours is a row of its own
    (`Custodian`), which an entry becomes when a practice claims it or somebody asks it for records; so what a
    practice says of itself is never overwritten by the next file.
    """

    npi = models.CharField("NPI", max_length=10, primary_key=True)
    is_person = models.BooleanField()
    name = models.CharField(max_length=200, help_text="A person's as “First Middle Last, MD”.")
    other_name = models.CharField(max_length=200, blank=True, help_text="Doing business as.")
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=10, blank=True, help_text="Ten digits.")
    fax = models.CharField(max_length=10, blank=True, help_text="Ten digits.")
    taxonomies = models.CharField(
        max_length=170, blank=True, help_text="Codes of the specialties, the primary one first."
    )
    words = models.CharField(max_length=900, blank=True, help_text="What it is found by; see finding.words.")
    updated_on = models.DateField(null=True, help_text="The registry's own date of the row.")
    deactivated_on = models.DateField(null=True, help_text="The NPI is not in use any more.")

    class Meta:
        verbose_name_plural = "registry entries"

    def __str__(self):
        return f"{self.name} ({self.npi})"

    @property
    def is_hospital(self):
        """By its first specialty: the taxonomy's 28 are hospitals, its 27 their units."""
        return self.taxonomies.startswith(("27", "28"))


class RegistryImport(models.Model):
    """One run of a file into the registry: how far it is, so that it goes on after it was stopped."""

    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, db_index=True, help_text="Tells one file from another.")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    offset = models.BigIntegerField(default=0, help_text="Bytes of the unpacked file that are done.")
    line = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    written = models.BigIntegerField(default=0, help_text="New or changed.")
    deactivated = models.BigIntegerField(default=0)
    abroad = models.BigIntegerField(default=0, help_text="Left out: outside of the United States.")
    mended = models.BigIntegerField(default=0, help_text="Rows a spreadsheet had spoiled.")
    bad = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.file_name

    @property
    def unchanged(self):
        return self.rows - self.written - self.deactivated - self.abroad - self.bad


class RegistryBadRow(models.Model):
    """A row that was not taken, with the reason; the first ones of each reason are kept (see `registry.run`)."""

    registry_import = models.ForeignKey(RegistryImport, on_delete=models.CASCADE, related_name="bad_rows")
    line = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["line"]

    def __str__(self):
        return f"{self.line}: {self.reason}"


class Specialty(models.Model):
    """A code of the provider taxonomy and its words: "207Q00000X", "Family Medicine"."""

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=200)
    group = models.CharField(_("group"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "specialties"

    def __str__(self):
        return self.name
