import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField
from localflavor.us.models import USStateField, USZipCodeField

from accounts.models import Person
from audit.actors import Actor
from audit.models import Lifecycle, MoveRefused, verb
from audit.models.lifecycle import LifecycleQuerySet
from billing import in_words, refund_notices
from billing.models.invoice import Invoice
from billing.models.ledger import LedgerTransaction
from billing.models.payment import Payment
from billing.models.refundable import Refundable, disputed
from outbox.queue import enqueue

MOST_FILES = 3


def ops_decide(by, refund):
    """Ops whose role holds it, and the system."""
    return isinstance(by, Actor) or (isinstance(by, Person) and by.has_perm("billing.decide_refund"))


def by_itself(by, refund):
    """What the bank says, nobody else does."""
    return isinstance(by, Actor)


class State(models.TextChoices):
    ASKED = "asked", gettext_lazy("Waiting for a decision")
    APPROVED = "approved", gettext_lazy("Approved")
    PAID = "paid", gettext_lazy("Refunded")
    DENIED = "denied", gettext_lazy("Denied")
    FAILED = "failed", gettext_lazy("Approved, could not be paid")


class Reason(models.TextChoices):
    """Why somebody wants money back. The last one is the product's own: nobody asked (see `refunding.in_full`)."""

    PRICING = "pricing", gettext_lazy("Statutory pricing incorrectly applied")
    CANCELED = "canceled", gettext_lazy("Canceled request")
    NOT_AS_ORDERED = "not_as_ordered", gettext_lazy("Records not produced according to the order form")
    CHARGED = "charged", gettext_lazy("Credit card charged incorrectly")
    DUPLICATE = "duplicate", gettext_lazy("Duplicative requests submitted")
    OTHER = "other", gettext_lazy("Other")
    BY_ITSELF = "by_itself", gettext_lazy("Goes back by itself")


class Ground(models.TextChoices):
    """Why a refund is denied: the sentence of the email, which holds nothing else about the request."""

    PRICE_IS_RIGHT = (
        "price_is_right",
        gettext_lazy("The price follows the law and the fees that were agreed."),
    )
    AS_ORDERED = "as_ordered", gettext_lazy("The records were delivered as they were ordered.")
    NOT_SHOWN = "not_shown", gettext_lazy("What was sent to us does not show why the money should go back.")
    PAID_BACK = "paid_back", gettext_lazy("This money has gone back already.")
    ELSEWHERE = "elsewhere", gettext_lazy("The cardholder's bank decides about this payment.")
    OTHER = "other", gettext_lazy("The reason is on the page of the request.")


class RefundQuerySet(LifecycleQuerySet):
    def open(self):
        return self.filter(state__in=Refund.OPEN)

    def waiting_for_ops(self):
        """To decide; to try again; checks to write."""
        check = Q(state=State.APPROVED, method=Refund.Method.CHECK)
        return self.filter(Q(state__in=[State.ASKED, State.FAILED]) | check)


class Refund(Lifecycle):
    """Money of one paid invoice that goes back to whoever paid it (product 7.7).

    What was paid by card goes back to the card, by `key`, once; what was paid by check goes by check. Asked for,
    decided by ops, then paid: the card by a job, the check by ops who record its number.
    """

    class Method(models.TextChoices):
        CARD = "card", gettext_lazy("To the card")
        CHECK = "check", gettext_lazy("By check")

    State, Reason, Ground = State, Reason, Ground
    OPEN = (State.ASKED, State.APPROVED, State.FAILED)

    state = FSMField(max_length=10, default=State.ASKED, choices=State.choices, protected=True)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds"
    )
    method = models.CharField(max_length=5, choices=Method.choices)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    amount_approved = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    comments = models.TextField(max_length=4000, blank=True)
    documents = models.ManyToManyField("documents.Document", blank=True, related_name="+")
    mail_street = models.CharField(max_length=200, blank=True)
    mail_city = models.CharField(max_length=100, blank=True)
    mail_state = USStateField(blank=True)
    mail_zip = USZipCodeField(blank=True)

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    decision = models.TextField(max_length=2000, blank=True, help_text="Why so; whoever asked reads it.")

    # Of the form that asked: sent twice, it is one refund.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Of the attempt at the bank. A new one only after the bank has said that the last one failed.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    spent_keys = models.JSONField(default=list, blank=True, editable=False)
    bank_id = models.CharField(max_length=80, blank=True, db_index=True)
    check_number = models.CharField(max_length=30, blank=True)
    check_sent_on = models.DateField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why a person must look at it.")

    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("decide_refund", "Can approve and deny refunds, and record their checks")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=Q(amount_approved__isnull=True)
                | Q(amount_approved__gt=0, amount_approved__lte=F("amount")),
                name="refund_approved_within",
            ),
            models.CheckConstraint(
                condition=Q(method="check") | Q(payment__isnull=False), name="refund_to_a_card"
            ),
        ]

    def __str__(self):
        return f"Refund {self.pk}"

    @classmethod
    def ask(cls, invoice, *, by, amount, reason, comments="", address=None, documents=(), form_key=None):
        """Ask for `amount` USD of a paid invoice; returns the refund, the same one for the same `form_key`.

        `by` is a member of the organization that paid, `address` has mail_street, mail_city, mail_state and
        mail_zip. Raises MoveRefused where nothing can be refunded, or not so much.
        """
        with transaction.atomic():
            invoice = invoice.locked()
            known = cls.objects.filter(form_key=form_key).first() if form_key else None
            if known and known.invoice_id != invoice.pk:
                raise MoveRefused(
                    _("This form was sent for another payment. Open the form of this one anew.")
                )
            if known:
                return known
            refundable = Refundable(invoice)
            if refusal := refundable.refusal or refundable.too_much(amount):
                raise MoveRefused(refusal)
            if reason == Reason.OTHER and not comments.strip():
                raise MoveRefused(_("Say in the comments why the money should go back."))
            refund = cls.begin(
                refundable,
                amount=amount,
                reason=reason,
                comments=comments.strip(),
                asked_by_id=by.actor.person_id,
                form_key=form_key or uuid.uuid4(),
                **(address or {}),
            )
            refund.documents.set(documents[:MOST_FILES])
            refund.record("refund_asked", by=by, to_state=State.ASKED, amount=str(amount), reason=reason)
            invoice.record_request.record("refund_asked", by=by, number=invoice.number, amount=str(amount))
            # The page's own words (product 7.7), for both sides and for ever: not in the language of one of them.
            invoice.record_request.thread.post(by=by, body="Refund request submitted")
            refund_notices.tell(refund, "refund_asked")
        return refund

    @classmethod
    def begin(cls, refundable, **said):
        """A row for what `refundable` has left; the caller holds its invoice and writes its first entry."""
        charge = refundable.charge
        return cls.objects.create(
            invoice=refundable.invoice,
            organization_id=refundable.invoice.organization_id,
            payment=charge,
            method=cls.Method.CARD if charge else cls.Method.CHECK,
            **said,
        )

    @verb(source=State.ASKED, target=State.APPROVED, permission=ops_decide)
    def approve(self, *, by, amount=None, decision=""):
        """Pay back `amount` USD, the whole where it isn't given; the card is paid by a job.

        Raises MoveRefused for more than was asked, by whoever asked, and while the cardholder's bank disputes it.
        """
        self._refuse_own(by)
        self._refuse_disputed()
        amount = self.amount if amount is None else amount
        if not 0 < amount <= self.amount:
            raise MoveRefused(_("Approve at most what was asked for: $%(asked)s.") % {"asked": self.amount})
        self._decide(by, decision)
        self.amount_approved = amount
        self._pay_out()
        self._tell(by, "refund_approved", "refund_to_card" if self.is_to_card else "refund_by_check")

    @verb(
        source=[State.ASKED, State.APPROVED, State.FAILED],
        target=State.DENIED,
        permission=ops_decide,
        tell=["ground"],
    )
    def deny(self, *, by, ground, decision=""):
        """Pay nothing back; whoever asked reads why. `ground` is a Ground; OTHER needs a `decision`.

        Of what is approved, only a check that wasn't sent yet can be denied: the cardholder's bank may have taken
        the money meanwhile.
        """
        if self.state == State.APPROVED and self.is_to_card:
            raise MoveRefused(self.why_not("deny"))
        self._refuse_own(by)
        if ground == Ground.OTHER and not decision.strip():
            raise MoveRefused(_("Say why it is denied."))
        self._decide(by, decision)
        self.ground, self.amount_approved = ground, None
        self._tell(by, "refund_denied", "refund_denied")

    @verb(source=State.APPROVED, target=State.PAID, permission=by_itself, tell=["bank_id"])
    def settle(self, *, by, bank_id):
        """The bank has paid it back to the card, or promised to."""
        self._paid()
        self.bank_id = bank_id
        self._add_to_payment(self.amount_approved)
        self._book(f"refund:{bank_id}", "bank_card", self.amount_approved)
        self._tell(by, "refund_paid")

    @verb(source=State.APPROVED, target=State.PAID, permission=ops_decide, tell=["number"])
    def send_check(self, *, by, number, sent_on):
        """A check is in the mail: its number, and the day on which it was sent."""
        if self.is_to_card:
            raise MoveRefused(_("This goes back to the card by itself; no check is sent."))
        self._refuse_own(by)
        self._refuse_disputed()
        self._paid()
        self.check_number, self.check_sent_on = number, sent_on
        self._book(f"refund-check:{self.pk}", "bank_check", self.amount_approved)
        self._tell(by, "refund_paid", "refund_check_sent")

    @verb(source=[State.APPROVED, State.PAID], target=State.FAILED, permission=by_itself, tell=["problem"])
    def fail(self, *, by, problem):
        """The bank has not paid it, or could not keep its promise. Ops try again, send a check, or deny it."""
        if self.paid_at:
            self._add_to_payment(-self.amount_approved)
            self._book(f"refund-failed:{self.bank_id}", "bank_card", -self.amount_approved)
        self.paid_at, self.problem = None, problem[:200]
        self._tell(by, "refund_failed")

    @verb(source=State.FAILED, target=State.APPROVED, permission=ops_decide, event="tried_again")
    def again(self, *, by, by_check=False):
        """Try the card once more, by a new key since the bank has ended the old one, or send a check instead."""
        self._refuse_own(by)
        self._refuse_disputed()
        self.spent_keys = [*self.spent_keys, str(self.key)]
        self.key, self.bank_id, self.problem = uuid.uuid4(), "", ""
        if by_check:
            self.method = self.Method.CHECK
        self._pay_out()

    def locked(self):
        """This row, fresh and locked. The order of locks is the same everywhere: request, invoice, refund."""
        invoice = Invoice.objects.select_related("record_request").get(pk=self.invoice_id).locked()
        row = super().locked()
        row.invoice = invoice
        return row

    def _refuse_own(self, by):
        """Nobody decides about money that they asked for themselves."""
        if self.asked_by_id and by.actor.person_id == self.asked_by_id:
            raise MoveRefused(_("You asked for this refund, so somebody else decides about it."))

    def _refuse_disputed(self):
        if self.payment and self.payment.disputes.taking().exists():
            raise MoveRefused(disputed())

    def _decide(self, by, decision):
        self.decided_by_id, self.decided_at = by.actor.person_id, timezone.now()
        self.decision, self.problem = decision.strip(), ""

    def _pay_out(self):
        if self.is_to_card:
            enqueue("billing.pay_out", key=self.job_key, refund_id=self.pk)

    def _paid(self):
        self.paid_at, self.problem = timezone.now(), ""

    def _add_to_payment(self, amount):
        payment = self.payment.locked()
        payment.refunded += amount
        payment.refunded_at = timezone.now() if payment.refunded else None
        payment.save(update_fields=["refunded", "refunded_at"])
        self.payment = payment

    def _book(self, reference, account, amount):
        LedgerTransaction.write(reference, {"refunds": amount, account: -amount}, invoice=self.invoice)

    def _tell(self, by, event, notice=""):
        """An entry in the request's Activity, and an email to whoever asked."""
        said = {"amount": str(self.sum), "number": self.invoice.number}
        self.invoice.record_request.record(event, by=by, **said)
        if notice:
            refund_notices.tell(self, notice)

    @property
    def job_key(self):
        return f"pay-out:{self.key}"

    @property
    def sum(self):
        """What it is about: the amount approved, or asked for where nobody has decided."""
        return self.amount if self.amount_approved is None else self.amount_approved

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def counts(self):
        """Whether its sum is no longer free for another refund."""
        return self.state != State.DENIED

    @property
    def is_to_card(self):
        return self.method == self.Method.CARD

    @property
    def in_words(self):
        return in_words.of_refund(self)

    @property
    def is_in_part(self):
        return self.amount_approved is not None and self.amount_approved < self.amount

    @property
    def address_lines(self):
        last = " ".join(part for part in (self.mail_state, self.mail_zip) if part)
        lines = [self.mail_street, ", ".join(part for part in (self.mail_city, last) if part)]
        return [line for line in lines if line]
