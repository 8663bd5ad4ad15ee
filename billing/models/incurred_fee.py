from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.sums import total

NOTHING = Decimal("0.00")


class IncurredFeeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)

    def sums(self, record_requests):
        """What stands for each request, in USD: `{request id: {kind: sum}}`, each kind of IncurredFee.Kind."""
        sums = {one.pk: dict.fromkeys(IncurredFee.Kind.values, NOTHING) for one in record_requests}
        standing = self.standing().filter(record_request__in=list(sums))
        for row in standing.values("record_request", "kind").annotate(sum=total("amount")):
            sums[row["record_request"]][row["kind"]] = row["sum"]
        return sums


class IncurredFee(models.Model):
    """What somebody else has charged for a request: its cancellation passes it on as it is (product 7.6).

    Written by `requests_app.tracking.incurring`. Never edited; a mistake is withdrawn and stays to be read.
    """

    class Kind(models.TextChoices):
        OWN_FEES = "own_fees", _("Fee of the record provider")
        BANK_FEE = "bank_fee", _("Bank or conversion fee")

    record_request = models.ForeignKey(
        "requests_app.RecordRequest", on_delete=models.PROTECT, related_name="incurred_fees"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    note = models.CharField(max_length=200, help_text="Number of their bill or of the transfer; no names.")
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = IncurredFeeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "fee of others"
        verbose_name_plural = "fees of others"
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="incurred_fee_positive"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"
