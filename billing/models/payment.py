import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.card import Card
from billing.models.invoice import Invoice


class Payment(models.Model):
    """One attempt to charge a card for one invoice.

    The row and its idempotency key are committed before the bank is called, and the key stays the same on every
    retry; an outcome nobody knows is settled by asking the bank, never by a new key (product 7.8).
    """

    class State(models.TextChoices):
        STARTED = "started", _("Asking the bank")
        NEEDS_ACTION = "needs_action", _("The bank asks you to confirm")
        SUCCEEDED = "succeeded", _("Paid")
        DECLINED = "declined", _("Declined")
        CANCELED = "canceled", _("Canceled")

    UNDER_WAY = (State.STARTED, State.NEEDS_ACTION)

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STARTED)
    intent_id = models.CharField(max_length=80, blank=True, db_index=True)
    charge_id = models.CharField(max_length=80, blank=True)
    sentence = models.CharField(max_length=300, blank=True, help_text="What the payer was told.")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(state="succeeded"),
                name="one_succeeded_charge",
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(state__in=["started", "needs_action"]),
                name="one_charge_under_way",
            ),
        ]

    def __str__(self):
        return f"{self.amount} {self.state}"


class CheckPayment(models.Model):
    """A check that arrived, as ops wrote it down (product 7.5)."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="checks")
    number = models.CharField(max_length=30)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    dated_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="check_positive"),
            models.UniqueConstraint(fields=["invoice", "number"], name="check_once"),
        ]

    def __str__(self):
        return f"Check {self.number}"
