from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import MoveRefused


class BankDay(models.Model):
    """A business day whose movements at the bank are compared with the ledger; one that failed says so."""

    day = models.DateField(unique=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True, help_text="Empty until a comparison ended.")
    movements = models.PositiveIntegerField(default=0, help_text="What the bank had on that day.")
    problem = models.CharField(max_length=200, blank=True, help_text="Why the newest comparison did not end.")

    class Meta:
        ordering = ["-day"]
        verbose_name = "day at the bank"
        verbose_name_plural = "days at the bank"

    def __str__(self):
        return f"{self.day:%m/%d/%Y}"

    def begin(self):
        """A comparison begins; until it ends this day is one to look at."""
        self.tried_at = timezone.now()
        self.save(update_fields=["tried_at"])

    def fail(self, problem):
        self.problem = problem[:200]
        self.save(update_fields=["problem"])

    def finish(self, found, *, movements):
        """The comparison ended: keep what it `found` (dicts of Difference's fields), close what is gone."""
        with transaction.atomic():
            day = type(self).objects.select_for_update().get(pk=self.pk)
            Difference.objects.bring_about(day.day, found)
            day.compared_at, day.movements, day.problem = timezone.now(), movements, ""
            day.save(update_fields=["compared_at", "movements", "problem"])


class DifferenceQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def bring_about(self, day, found):
        """Make the open differences of a day those that were `found`; call it with the BankDay's row locked.

        What ops closed with a sentence stays closed while it is the same to the cent.
        """
        now = timezone.now()
        open_ = {one.reference: one for one in self.filter(day=day).open()}
        for said in found:
            known = open_.pop(said["reference"], None)
            if known is None and self.filter(day=day, closed_by__isnull=False, **said).exists():
                continue
            known = known or Difference(day=day)
            for name, value in said.items():
                setattr(known, name, value)
            known.seen_at = now
            known.save()
        for gone in open_.values():
            gone.closed_at = now
            gone.save(update_fields=["closed_at"])


class Difference(models.Model):
    """Something that the bank's books and our ledger say otherwise (product 7.8). It waits for ops.

    It closes by itself when a later comparison no longer finds it, or by ops, with a sentence.
    """

    class Kind(models.TextChoices):
        AMOUNT = "amount", gettext_lazy("Another amount")
        CURRENCY = "currency", gettext_lazy("Another currency")
        NOT_BOOKED = "not_booked", gettext_lazy("Ours, and not in the ledger")
        NOT_OURS = "not_ours", gettext_lazy("Only the bank knows it")
        NOT_AT_BANK = "not_at_bank", gettext_lazy("Only the ledger knows it")

    day = models.DateField(help_text="The day at the bank, or of the ledger where the bank knows nothing.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=120, help_text="What it is about, as the ledger names it.")
    ours = models.DecimalField("in the ledger", max_digits=12, decimal_places=2, null=True, blank=True)
    theirs = models.DecimalField("at the bank", max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    invoice = models.ForeignKey(
        "billing.Invoice", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(help_text="When a comparison last found it.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_why = models.CharField(max_length=500, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "-day", "-id"]
        verbose_name = "difference with the bank"
        verbose_name_plural = "differences with the bank"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "reference"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_difference",
            )
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_kind_display()}"

    @property
    def what_to_do(self):
        """For ops: what it means, and how it is mended."""
        return {
            self.Kind.AMOUNT: _(
                "The bank and the ledger have different sums for the same movement. Compare with the receipt at the "
                "bank; the bank's figure is what moved. Have the entry corrected, then compare this day again."
            ),
            self.Kind.CURRENCY: _(
                "This was charged in another currency than US dollars, which this product never asks for. Find out who "
                "made it at the bank, pay it back there and close this with what was done."
            ),
            self.Kind.NOT_BOOKED: _(
                "We made this, the bank has it, and the ledger does not. Open the payment and use “Ask the bank”; "
                "if it has an end already, its entry was lost: look for it in a backup."
            ),
            self.Kind.NOT_OURS: _(
                "Nobody here made this: somebody did it by hand at the bank, or another program uses the same account. "
                "Ask who, pay it back or book it, and close this with what was done."
            ),
            self.Kind.NOT_AT_BANK: _(
                "The ledger has it and the bank does not, so no money moved. Check that this installation uses the "
                "right account at the bank before anything else is mended."
            ),
        }[self.kind]

    def close(self, *, by, why):
        """Ops have settled it otherwise, and say how. Raises MoveRefused where it is closed already."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.closed_at:
                raise MoveRefused(_("This is closed already."))
            row.closed_at, row.closed_by, row.closed_why = timezone.now(), by, why
            row.save(update_fields=["closed_at", "closed_by", "closed_why"])
        return row
