"""The bank's books. Amounts are whole cents, ids and states are as Stripe writes them."""

from functools import partial

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string


def new_id(prefix):
    return f"{prefix}_{get_random_string(24)}"


class Record(models.Model):
    """What every object of the bank has. `number` orders objects made within one second."""

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    metadata = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["-number"]

    def __str__(self):
        return self.id


class Customer(Record):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "cus"))
    email = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=300, blank=True)
    description = models.CharField(max_length=500, blank=True)


class PaymentMethod(Record):
    """A card without its number: what it looks like, and how the test number behaves."""

    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "pm"))
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, to_field="id")
    brand = models.CharField(max_length=20)
    funding = models.CharField(max_length=10)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)
    behavior = models.CharField(max_length=40, blank=True)
    is_set_up = models.BooleanField(default=False)


class Intent(Record):
    status = models.CharField(max_length=30, default="requires_payment_method")
    client_secret = models.CharField(max_length=128)
    next_action = models.JSONField(null=True)
    last_error = models.JSONField(null=True)

    class Meta(Record.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self.client_secret = self.client_secret or f"{self.id}_secret_{get_random_string(24)}"
        super().save(*args, **kwargs)


class SetupIntent(Intent):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "seti"))
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, to_field="id")
    payment_method = models.ForeignKey(PaymentMethod, models.CASCADE, null=True, to_field="id")
    usage = models.CharField(max_length=20, default="off_session")


class PaymentIntent(Intent):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "pi"))
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, to_field="id")
    payment_method = models.ForeignKey(PaymentMethod, models.CASCADE, null=True, to_field="id")
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, default="usd")
    description = models.CharField(max_length=500, blank=True)


class Charge(Record):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "ch"))
    intent = models.ForeignKey(PaymentIntent, models.CASCADE, to_field="id", related_name="charges")
    payment_method = models.ForeignKey(PaymentMethod, models.CASCADE, to_field="id")
    amount = models.PositiveBigIntegerField()
    status = models.CharField(max_length=20)
    failure_code = models.CharField(max_length=60, blank=True)
    failure_message = models.CharField(max_length=300, blank=True)
    disputed = models.BooleanField(default=False)

    @property
    def amount_refunded(self):
        """Cents given back or promised: a failed refund returns to what may be refunded."""
        live = self.refunds.exclude(status__in=["failed", "canceled"])
        return live.aggregate(total=models.Sum("amount"))["total"] or 0


class Refund(Record):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "re"))
    charge = models.ForeignKey(Charge, models.CASCADE, to_field="id", related_name="refunds")
    amount = models.PositiveBigIntegerField()
    status = models.CharField(max_length=20, default="succeeded")
    reason = models.CharField(max_length=40, blank=True)
    failure_reason = models.CharField(max_length=60, blank=True)


class Dispute(Record):
    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "du"))
    charge = models.ForeignKey(Charge, models.CASCADE, to_field="id", related_name="disputes")
    amount = models.PositiveBigIntegerField()
    status = models.CharField(max_length=30, default="needs_response")
    reason = models.CharField(max_length=40, default="fraudulent")


class BalanceTransaction(Record):
    """A movement on the account: money that came, went, or came back. `amount` is in cents, out is negative."""

    id = models.CharField(max_length=64, unique=True, default=partial(new_id, "txn"))
    source = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=30)
    reporting_category = models.CharField(max_length=30)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
