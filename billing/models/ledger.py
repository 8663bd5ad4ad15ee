from decimal import Decimal

from django.db import models, transaction

from billing.models.kept import Kept


class LedgerTransaction(Kept):
    """A set of entries that balances to the cent. Written once per `reference`, never changed."""

    reference = models.CharField(max_length=120, unique=True)
    invoice = models.ForeignKey(
        "billing.Invoice", null=True, on_delete=models.PROTECT, related_name="ledger_transactions"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.reference

    @classmethod
    def write(cls, reference, amounts, *, invoice=None):
        """Write entries of {account: amount in USD}, debits positive, credits negative.

        Raises ValueError where they don't add up to zero. A `reference` written before changes nothing.
        """
        with transaction.atomic():
            entry, is_new = cls.objects.get_or_create(reference=reference, defaults={"invoice": invoice})
            if is_new:
                cls._enter([(entry, amounts)])
        return entry

    @classmethod
    def write_new(cls, written):
        """Write several at once: `(reference, amounts, invoice)` of each, as `write` takes them.

        Their references are new by construction, such as a new row's; IntegrityError where one isn't.
        """
        with transaction.atomic():
            made = cls.objects.bulk_create(
                cls(reference=reference, invoice=invoice) for reference, _amounts, invoice in written
            )
            cls._enter(
                (entry, amounts) for entry, (_reference, amounts, _invoice) in zip(made, written, strict=True)
            )
        return made

    @staticmethod
    def _enter(pairs):
        entries = []
        for entry, amounts in pairs:
            if sum(amounts.values(), Decimal(0)) != 0:
                raise ValueError("Entries don't balance")
            entries += [
                LedgerEntry(transaction=entry, account=account, amount=amount)
                for account, amount in amounts.items()
            ]
        LedgerEntry.objects.bulk_create(entries)


class LedgerEntry(Kept):
    """One account's share of a transaction; debits are positive."""

    class Account(models.TextChoices):
        RECEIVABLE = "receivable", "Receivable"
        BANK_CARD = "bank_card", "Card payments at the bank"
        BANK_CHECK = "bank_check", "Checks deposited"
        UNAPPLIED = "unapplied", "Received, not yet assigned to an invoice"
        REVENUE = "revenue", "Release fees"
        REFUNDS = "refunds", "Refunded to payers"  # contra revenue, as the next but one
        DISPUTED = "disputed", "Held by a cardholder's bank"
        CHARGEBACKS = "chargebacks", "Lost in a dispute"

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=20, choices=Account.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        verbose_name_plural = "ledger entries"

    def __str__(self):
        return f"{self.account} {self.amount}"
