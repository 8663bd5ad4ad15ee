import secrets

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from audit.actors import SYSTEM
from audit.models import Activity, MoveRefused
from billing.models.ledger import LedgerTransaction
from billing.models.quote import Quote
from billing.signals import invoice_settled

DRAWS = 5


class InvoiceQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at__isnull=True, voided_at__isnull=True)

    def withdraw(self, *record_requests, by):
        """Void the price that is still owed for each request: it was canceled, abandoned or is priced anew.

        What a cancellation or a reopening cost stays owed. Call it in the transaction of that move, after its verb:
        the request's lock comes first everywhere.
        """
        given = {one.pk: one for one in record_requests}
        prices = self.open().filter(record_request__in=given, kind=Quote.Kind.PRICE)
        for invoice in prices.select_for_update().order_by("pk"):
            invoice.record_request = given[invoice.record_request_id]
            invoice.void(by=by)


class Invoice(models.Model):
    """What is owed for one request: a quote that became due."""

    number = models.CharField(max_length=20, unique=True)
    record_request = models.ForeignKey(
        "requests_app.RecordRequest", on_delete=models.PROTECT, related_name="invoices"
    )
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="invoice")
    # The quote's, kept here so that the database can hold a request to one open price.
    kind = models.CharField(
        max_length=12, choices=Quote.Kind.choices, default=Quote.Kind.PRICE, db_default=Quote.Kind.PRICE
    )
    total = models.DecimalField(max_digits=10, decimal_places=2)
    issued_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_request"],
                condition=models.Q(settled_at__isnull=True, voided_at__isnull=True, kind=Quote.Kind.PRICE),
                name="one_open_price",
            )
        ]

    def __str__(self):
        return self.number

    @classmethod
    def issue(cls, quote, organization, due_on, *, by=SYSTEM):
        """Make a kept quote due to `organization`; a quote of zero is settled at once.

        Call it in the transaction of the verb that sets the price, after the verb: a settled price orders the
        request by itself (product 1.6). Raises IntegrityError where the request has an open price already; what an
        earlier cancellation cost may be owed beside it (product 1.10).
        """
        with transaction.atomic():
            quote.record_request.activity_count = quote.record_request.locked().activity_count
            (invoice,) = cls.issue_each([(quote, organization)], due_on, by=by)
        return invoice

    @classmethod
    def issue_each(cls, quotes, due_on, *, by=SYSTEM):
        """The same for several quotes at once, each with who owes it; their requests are locked and fresh."""
        made = cls.objects.bulk_create(
            cls(
                number=number,
                record_request=quote.record_request,
                organization=organization,
                quote=quote,
                kind=quote.kind,
                total=quote.total,
                due_on=due_on,
            )
            for number, (quote, organization) in zip(cls._draw_numbers(len(quotes)), quotes, strict=True)
        )
        LedgerTransaction.write_new([(f"invoice:{one.pk}", one._owed(one.total), one) for one in made])
        Activity.objects.append(
            "invoiced", [(one.record_request, {"details": one._in_words()}) for one in made], by=by
        )
        for invoice in made:
            if not invoice.total:
                invoice.settle(by=SYSTEM)
        return made

    @classmethod
    def _draw_numbers(cls, count):
        """Numbers are drawn, so that one says nothing about how many there are; the unique column decides."""
        drawn = set()
        for left in reversed(range(DRAWS)):
            while len(drawn) < count:
                drawn.add(f"INV-{timezone.localdate():%y%m}-{secrets.randbelow(10**6):06d}")
            taken = left and cls.objects.filter(number__in=drawn).values_list("number", flat=True)
            if not taken:
                break
            drawn.difference_update(taken)
        return drawn

    def _in_words(self):
        return {"number": self.number, "total": str(self.total), "kind": self.kind}

    @staticmethod
    def _owed(amount):
        return {"receivable": amount, "revenue": -amount}

    @property
    def is_open(self):
        return self.settled_at is None and self.voided_at is None

    @cached_property
    def waiting_checks(self):
        """The checks that came for it while it is open and don't settle it: less or more than is owed."""
        kept = self.checks.model.Standing
        return list(self.checks.filter(standing__in=[kept.SHORT, kept.OVER])) if self.is_open else []

    @property
    def missing_by_check(self):
        """USD that settle it by check, beside what has come."""
        short = [one.amount for one in self.waiting_checks if one.standing == one.Standing.SHORT]
        return self.total - sum(short)

    @property
    def state_word(self):
        return "void" if self.voided_at else "paid" if self.settled_at else "open"

    @property
    def state_label(self):
        return {"void": _("Void"), "paid": _("Paid"), "open": _("Open")}[self.state_word]

    def locked(self):
        """This row, fresh and locked until the transaction ends; call it inside one.

        The request's row is locked first, as every move of the request does: two locks in one order can't
        block each other for ever.
        """
        self.record_request.locked()
        return type(self).objects.select_for_update().get(pk=self.pk)

    def settle(self, *, by):
        """It is paid in full: say so, once, and tell the apps above. Call it on the locked row."""
        self._end_waiting()
        self.settled_at = timezone.now()
        self.save(update_fields=["settled_at"])
        invoice_settled.send(sender=type(self), invoice=self, by=by)

    def _end_waiting(self):
        """It takes nothing more: a check that was too small for it waits for no rest, and goes elsewhere or back."""
        self.checks.filter(standing="short").update(standing="not_open")

    def void(self, *, by):
        """It is owed no longer. Raises MoveRefused while a card payment is under way: one of two wins."""
        if self.payments.under_way().exists():
            raise MoveRefused(
                _("A card payment for this is under way. Wait until it has ended, then try again.")
            )
        self._end_waiting()
        self.voided_at = timezone.now()
        self.save(update_fields=["voided_at"])
        LedgerTransaction.write(f"void:{self.pk}", self._owed(-self.total), invoice=self)
        self.record_request.record("invoice_voided", by=by, number=self.number)
