from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Listed
from audit.models import MoveRefused
from directory.models.custodian import Custodian

# Product 4.6: what a patient chooses from on one page.
MOST_OFFERED = 5


class FormOffered(Listed):
    """A type of form that a place fills in for its patients, for a fee (product 2.9, 4.6)."""

    named = "form"

    custodian = models.ForeignKey(Custodian, on_delete=models.PROTECT, related_name="forms_offered")
    name = models.CharField(max_length=80)
    fee = models.DecimalField(max_digits=8, decimal_places=2)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "forms offered"
        constraints = [models.CheckConstraint(condition=models.Q(fee__gte=0), name="form_fee_not_negative")]

    def __str__(self):
        return self.name

    def must_fit(self, organization):
        """At most five are offered at once at one place, and no two of one name are listed."""
        others = FormOffered.objects.of(organization).filter(custodian=self.custodian_id).exclude(pk=self.pk)
        if others.filter(name__iexact=self.name).exists():
            raise MoveRefused(_("“%(name)s” is in the list already.") % {"name": self.name})
        if self.is_offered and others.filter(is_offered=True).count() >= MOST_OFFERED:
            raise MoveRefused(
                _("At most %(most)s forms are offered at once. Stop offering another one first.")
                % {"most": MOST_OFFERED}
            )
