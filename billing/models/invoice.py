import secrets

from django.db import models
from django.utils import timezone

from billing.models.quote import Quote
from billing.signals import invoice_settled


class Invoice(models.Model):
    """What is owed for one request: a quote that became due."""

    number = models.CharField(max_length=20, unique=True)
    record_request = models.ForeignKey(
        "requests_app.RecordRequest", on_delete=models.PROTECT, related_name="invoices"
    )
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="invoice")
    total = models.DecimalField(max_digits=10, decimal_places=2)
    issued_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_request"],
                condition=models.Q(settled_at__isnull=True, voided_at__isnull=True),
                name="one_open_invoice",
            )
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self):
        return self.settled_at is None and self.voided_at is None

    @property
    def state_word(self):
        return "void" if self.voided_at else "paid" if self.settled_at else "open"

    @staticmethod
    def new_number():
        return f"INV-{timezone.localdate():%y%m}-{secrets.randbelow(10**6):06d}"

    def locked(self):
        """This row, fresh and locked until the transaction ends."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def settle(self, *, by):
        """It is paid in full: say so, once, and tell the apps above. Call it on the locked row."""
        self.settled_at = timezone.now()
        self.save(update_fields=["settled_at"])
        invoice_settled.send(sender=type(self), invoice=self, by=by)
