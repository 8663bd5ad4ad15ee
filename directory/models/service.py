from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.custodian import Custodian


class Service(models.Model):
    """Something a custodian adds to a release for a fee of its own (product 2.9): certification, affidavit, …"""

    class Kind(models.TextChoices):
        CERTIFICATION = "certification", _("Record certification")
        WITNESS = "witness", _("Witness fee")
        NOTARY = "notary", _("Notarize records")
        IMAGES = "images", _("Medical Images")
        DEPOSITION = "deposition", _("Deposition forms")
        AFFIDAVIT = "affidavit", _("Affidavit")
        ARCHIVE = "archive", _("Archived records search")
        DISABILITY = "disability", _("Disability form")
        FILM = "film", _("Film breakdown")
        FMLA = "fmla", _("FMLA form(s)")

    custodian = models.ForeignKey(Custodian, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fee = models.DecimalField(max_digits=8, decimal_places=2)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["custodian", "kind"], name="service_once"),
            models.CheckConstraint(condition=models.Q(fee__gte=0), name="service_fee_not_negative"),
        ]

    def __str__(self):
        return self.get_kind_display()
