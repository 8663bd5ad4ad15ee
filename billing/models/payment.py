import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models.agreement import CardAgreement
from billing.models.card import Card
from billing.models.invoice import Invoice

# Longer than any call to the bank can last: what it doesn't know by then, it never received.
SURELY_OVER = timedelta(minutes=2)
# How long somebody may take to answer their bank's question.
TIME_TO_CONFIRM = timedelta(minutes=30)
# The same, where they weren't there when their card was charged and have to read an email first.
TIME_TO_CONFIRM_LATER = timedelta(days=3)


class PaymentQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(state__in=Payment.UNDER_WAY)


class Payment(models.Model):
    """One attempt to charge a card for one invoice.

    The row and its idempotency key are committed before the bank is called, and the key stays the same on
    every retry; an outcome nobody knows is settled by asking the bank, never by a new key (product 7.8).
    `agreed` is the most its payer agreed to, in USD: the database takes no attempt above it. A charge that runs
    by itself has the `agreement` it rests on and its `turn`, 1 for the first; one by hand has neither. Paid by an
    invoice's link it has no `person` and no saved `card`.
    Money that came too late (its invoice was voided or paid meanwhile) makes the payment RETURNED and goes
    back by `refund_key`.
    """

    class State(models.TextChoices):
        STARTED = "started", _("Asking the bank")
        NEEDS_ACTION = "needs_action", _("The bank asks you to confirm")
        SUCCEEDED = "succeeded", _("Paid")
        RETURNED = "returned", _("Paid back")
        DECLINED = "declined", _("Declined")
        CANCELED = "canceled", _("Canceled")

    UNDER_WAY = (State.STARTED, State.NEEDS_ACTION)
    TOOK_MONEY = (State.SUCCEEDED, State.RETURNED)

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of who pays by an invoice's link: their card is used this once and not kept.
    once_method_id = models.CharField(max_length=80, blank=True)
    once_label = models.CharField(max_length=60, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    agreed = models.DecimalField(max_digits=10, decimal_places=2)
    agreement = models.ForeignKey(
        CardAgreement, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    run = models.UUIDField(null=True, blank=True, db_index=True, help_text="Paid with others by one click.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.STARTED)
    intent_id = models.CharField(max_length=80, blank=True, db_index=True)
    charge_id = models.CharField(max_length=80, blank=True)
    sentence = models.CharField(max_length=300, blank=True, help_text="What the payer was told.")
    problem = models.CharField(max_length=200, blank=True, help_text="Why a person must look at it.")
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    refund_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    refund_id = models.CharField(max_length=80, blank=True)
    refunded = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    refunded_at = models.DateTimeField(null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=models.Q(amount__lte=models.F("agreed")), name="charge_within_agreement"
            ),
            models.UniqueConstraint(fields=["invoice", "turn"], name="one_charge_a_turn"),
            models.CheckConstraint(
                condition=models.Q(card__isnull=False, person__isnull=False)
                | (models.Q(card__isnull=True, person__isnull=True) & ~models.Q(once_method_id="")),
                name="charge_has_a_card",
            ),
            models.CheckConstraint(
                condition=models.Q(refunded__gte=0, refunded__lte=models.F("amount")),
                name="refunded_within_payment",
            ),
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

    @property
    def is_under_way(self):
        return self.state in self.UNDER_WAY

    @property
    def took_money(self):
        return self.state in self.TOOK_MONEY

    @property
    def is_return_failed(self):
        """It came too late, and the bank has said that it did not pay it back."""
        return self.state == self.State.RETURNED and bool(self.problem) and not self.refunded

    @property
    def is_surely_over(self):
        """No call of ours for this attempt can still be on its way to the bank."""
        return timezone.now() - self.created_at > SURELY_OVER

    @property
    def was_left(self):
        """Its owner was asked to confirm and never answered."""
        return timezone.now() - self.created_at > self.time_to_confirm

    @property
    def method_id(self):
        return self.card.payment_method_id if self.card else self.once_method_id

    @property
    def card_label(self):
        return str(self.card) if self.card else self.once_label

    @property
    def is_by_itself(self):
        """Nobody clicked: it runs by what was agreed with the payment method."""
        return self.turn is not None

    @property
    def time_to_confirm(self):
        return TIME_TO_CONFIRM_LATER if self.is_by_itself else TIME_TO_CONFIRM

    def locked(self):
        """This row, fresh and locked until the transaction ends; lock its invoice first."""
        return type(self).objects.select_for_update().get(pk=self.pk)
