from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM
from audit.models import MoveRefused
from billing.models.invoice import Invoice
from billing.models.ledger import LedgerTransaction
from billing.models.sums import total

ALREADY = _("This check is recorded already.")


class CheckPayment(models.Model):
    """A check that arrived, as ops wrote it down (product 7.5).

    It settles its invoice where it pays exactly what is owed; else it stays in the queue with its standing,
    and the ledger holds it as unapplied. Two checks that only together make up the sum settle together. What ops do
    with the others is in `billing.resolving`; what became of each cent is a `CheckUse`.
    """

    class Standing(models.TextChoices):
        APPLIED = "applied", _("Settled its invoice")
        SHORT = "short", _("Less than the invoice")
        OVER = "over", _("More than the invoice")
        NOT_OPEN = "not_open", _("The invoice is paid or void")
        UNKNOWN = "unknown", _("No invoice known")
        REST = "rest", _("Settled its invoice; the rest is left")
        RETURNED = "returned", _("Sent back")

    QUEUE = (Standing.SHORT, Standing.OVER, Standing.NOT_OPEN, Standing.UNKNOWN, Standing.REST)

    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    number = models.CharField(max_length=30)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    dated_on = models.DateField()
    payer = models.CharField(max_length=200, blank=True, help_text="Who wrote it, where no invoice is known.")
    standing = models.CharField(max_length=10, choices=Standing.choices)
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="check_positive"),
            models.UniqueConstraint(fields=["invoice", "number"], name="check_once"),
            models.UniqueConstraint(
                fields=["payer", "number", "dated_on", "amount"],
                condition=models.Q(invoice__isnull=True),
                name="unknown_check_once",
            ),
        ]

    def __str__(self):
        return f"Check {self.number}"

    @classmethod
    def receive(cls, *, number, amount, dated_on, by, invoice=None, payer=""):
        """Write down a check and settle its invoice where the sum is right; returns the check.

        `by` is a person of ops. Raises MoveRefused where it is recorded already.
        """
        with transaction.atomic():
            invoice = invoice and invoice.locked()
            check = cls._written(
                invoice=invoice,
                number=number,
                amount=amount,
                dated_on=dated_on,
                payer=payer,
                standing=cls.Standing.UNKNOWN,
                recorded_by=by,
            )
            LedgerTransaction.write(
                f"check:{check.pk}", {"bank_check": amount, "unapplied": -amount}, invoice=invoice
            )
            if invoice:
                check.place(invoice, by=by)
        return check

    @classmethod
    def _written(cls, **said):
        """Its row: the database decides whether it is there already, so a double click is no second check."""
        try:
            with transaction.atomic():
                return cls.objects.create(**said)
        except IntegrityError:
            raise MoveRefused(str(ALREADY)) from None

    def place(self, invoice, *, by):
        """It is for this locked invoice: settle it where the sum is right, else wait with what is wrong."""
        self.invoice, self.standing = invoice, self._standing(invoice, self.amount)
        if self.standing == self.Standing.APPLIED and not self._settles(invoice, by=by):
            self.standing = self.Standing.NOT_OPEN
        self.save(update_fields=["invoice", "standing"])

    @classmethod
    def _standing(cls, invoice, amount):
        if not invoice.is_open:
            return cls.Standing.NOT_OPEN
        missing = cls.missing(invoice)
        if amount == missing:
            return cls.Standing.APPLIED
        return cls.Standing.SHORT if amount < missing else cls.Standing.OVER

    @classmethod
    def missing(cls, invoice):
        """What an open invoice takes beside the short checks that wait for it, in USD."""
        short = invoice.checks.filter(standing=cls.Standing.SHORT).aggregate(sum=total("amount"))["sum"]
        return invoice.total - (short or Decimal("0.00"))

    def _settles(self, invoice, *, by):
        """Settle it; False where its request can't be ordered any more: then it is owed no longer."""
        try:
            with transaction.atomic():
                self.settle(invoice, by=by)
        except MoveRefused:
            invoice.settled_at = None
            # A payment under way will come too late, and voids it then.
            if not invoice.payments.under_way().exists():
                invoice.void(by=SYSTEM)
            return False
        return True

    def settle(self, invoice, *, by):
        """Pay a locked, open invoice: with the short checks that wait for it, and what it takes of this one."""
        mine = self.missing(invoice)
        for short in invoice.checks.filter(standing=self.Standing.SHORT):
            short._pay(invoice, short.amount, by=by)
            short.standing = self.Standing.APPLIED
            short.save(update_fields=["standing"])
        self._pay(invoice, mine, by=by)
        invoice.record_request.record(
            "paid_by_check", by=by, number=invoice.number, amount=str(invoice.total)
        )
        invoice.settle(by=by)

    def _pay(self, invoice, amount, *, by):
        """Use `amount` USD of it for an invoice: a row and the ledger."""
        self.uses.create(kind="applied", invoice=invoice, amount=amount, made_by=by)
        self.applied_at = timezone.now()
        self.save(update_fields=["applied_at"])
        LedgerTransaction.write(
            f"check-applied:{self.pk}:{invoice.pk}",
            {"unapplied": amount, "receivable": -amount},
            invoice=invoice,
        )
