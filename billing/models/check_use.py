from django.conf import settings
from django.db import models

from billing.models.check_payment import CheckPayment
from billing.models.invoice import Invoice


class CheckUse(models.Model):
    """What became of a check's money, or of a part of it: it paid an invoice, or went back to its payer."""

    class Kind(models.TextChoices):
        APPLIED = "applied", "Paid an invoice"
        RETURNED = "returned", "Sent back"

    check_payment = models.ForeignKey(CheckPayment, on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="check_uses"
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reference = models.CharField(max_length=100, blank=True, help_text="The check by which it went back.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="check_use_positive"),
            models.UniqueConstraint(
                fields=["check_payment", "invoice"],
                condition=models.Q(kind="applied"),
                name="check_pays_invoice_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.amount}"
