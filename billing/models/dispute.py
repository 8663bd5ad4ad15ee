from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM
from billing import in_words
from billing.models.ledger import LedgerTransaction
from billing.models.payment import Payment


class DisputeQuerySet(models.QuerySet):
    def taking(self):
        """Those whose money is with the cardholder's bank, for now or for good."""
        return self.filter(state__in=Dispute.TAKING)

    def undecided(self):
        return self.exclude(state__in=Dispute.CLOSED)


class Dispute(models.Model):
    """A cardholder told their bank that a charge is wrong; the bank has the money back until it decides.

    The row follows what the bank says; nobody here moves it. An inquiry (`warning_…`) takes no money yet, and a
    refund ends it, so it stops none.
    """

    class State(models.TextChoices):
        WARNING_NEEDS_RESPONSE = "warning_needs_response", _("The bank asks")
        WARNING_UNDER_REVIEW = "warning_under_review", _("The bank reads our answer")
        WARNING_CLOSED = "warning_closed", _("The bank asked, and let it be")
        NEEDS_RESPONSE = "needs_response", _("Disputed, waits for our answer")
        UNDER_REVIEW = "under_review", _("Disputed, the bank decides")
        WON = "won", _("Decided for us")
        LOST = "lost", _("Decided for the cardholder")

    TAKING = (State.NEEDS_RESPONSE, State.UNDER_REVIEW, State.LOST)
    CLOSED = (State.WARNING_CLOSED, State.WON, State.LOST)

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    bank_id = models.CharField(max_length=80, unique=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    state = models.CharField(max_length=30, choices=State.choices)
    reason = models.CharField(max_length=60, blank=True, help_text="As the bank names it.")
    told_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="dispute_positive")]

    def __str__(self):
        return f"{self.bank_id} {self.state}"

    @property
    def in_words(self):
        return in_words.of_dispute(self)

    @property
    def is_taking(self):
        return self.state in self.TAKING

    @property
    def is_closed(self):
        return self.state in self.CLOSED

    @classmethod
    def take(cls, payment, said):
        """Bring about what the bank says of its dispute over `payment` now; safe to repeat, in any order.

        `said` is the gateway's Dispute. What was decided stays decided: an older answer changes nothing.
        """
        with transaction.atomic():
            invoice = payment.invoice.locked()
            row = cls.objects.select_for_update().filter(bank_id=said.id).first()
            if row is None:
                row = cls(payment=payment, bank_id=said.id, amount=said.amount)
            if row.is_closed or row.state == said.state:
                return row
            row.state, row.reason = said.state, said.reason
            row.closed_at = timezone.now() if row.is_closed else None
            row.save()
            row._book(invoice)
            invoice.record_request.record(
                f"dispute_{said.state}", by=SYSTEM, number=invoice.number, amount=str(row.amount)
            )
        return row

    def _book(self, invoice):
        """The money goes to the cardholder's bank when the dispute opens, and comes back only where it is won."""
        moves = {}
        if self.is_taking or self.state == self.State.WON:
            moves["dispute"] = {"disputed": self.amount, "bank_card": -self.amount}
        if self.state == self.State.WON:
            moves["dispute-won"] = {"bank_card": self.amount, "disputed": -self.amount}
        if self.state == self.State.LOST:
            moves["dispute-lost"] = {"chargebacks": self.amount, "disputed": -self.amount}
        for name, amounts in moves.items():
            LedgerTransaction.write(f"{name}:{self.bank_id}", amounts, invoice=invoice)
