from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.fees import NoSchedule
from billing.models.kept import Kept, KeptQuerySet

# What a new database begins with: the amounts of product 7.6; for `reopening` no source names one.
FIRST = {
    "valid_from": date(2020, 1, 1),
    "base": Decimal("49.95"),
    "page": Decimal("1.00"),
    "page_beyond": Decimal("0.75"),
    "pages_at_first_rate": 100,
    "rejection": Decimal("4.95"),
    "handling": Decimal("3.00"),
    "reopening": Decimal("10.00"),
    "note": "The amounts this product begins with.",
}


class TariffQuerySet(KeptQuerySet):
    def in_force(self, on):
        """The tariff of that day: the newest of those that begin on it or before. Raises NoSchedule."""
        found = self.filter(valid_from__lte=on).order_by("-valid_from", "-id").first()
        if found is None:
            raise NoSchedule(_("No cancellation fees are held for that day."))
        return found

    def called(self, code):
        """The tariff of a `code` that a quote keeps. Raises NoSchedule."""
        _name, _mark, number = code.rpartition("-v")
        found = self.filter(pk=number).first() if number.isascii() and number.isdigit() else None
        if found is None or found.code != code:
            raise NoSchedule(_("The cancellation fees of that version are not held here."))
        return found


class Tariff(Kept):
    """What the operator asks for ending a request, and for reopening it, from a day on, in USD (product 7.6, 1.10).

    Never changed: a cancellation's quote keeps its code. Of two for one day the later made counts.
    """

    valid_from = models.DateField("in force from", help_text="The first day on which it is charged.")
    base = models.DecimalField("cancellation", max_digits=8, decimal_places=2)
    page = models.DecimalField(
        "each page", max_digits=8, decimal_places=2, help_text="Of the first pages retrieved."
    )
    page_beyond = models.DecimalField(
        "each page beyond", max_digits=8, decimal_places=2, help_text="Of all further pages."
    )
    pages_at_first_rate = models.PositiveIntegerField(
        "pages at the first rate", help_text="How many pages count as the first."
    )
    rejection = models.DecimalField(
        "each time it was sent back", max_digits=8, decimal_places=2, help_text="By the facility."
    )
    handling = models.DecimalField(max_digits=8, decimal_places=2)
    reopening = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        help_text="For a request that was canceled because time ran out. No source names this fee: $10.00 is "
        "only what a new installation begins with.",
    )
    note = models.CharField("what changed, and why", max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    AMOUNTS = ("base", "page", "page_beyond", "rejection", "handling", "reopening")
    CHARGED = (*AMOUNTS, "pages_at_first_rate")

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        verbose_name = gettext_lazy("tariff of cancellations")
        verbose_name_plural = gettext_lazy("tariffs of cancellations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    base__gte=0,
                    page__gte=0,
                    page_beyond__gte=0,
                    rejection__gte=0,
                    handling__gte=0,
                    reopening__gte=0,
                ),
                name="tariff_not_negative",
            ),
        ]

    def __str__(self):
        return f"Cancellation fees from {self.valid_from:%m/%d/%Y}"

    @property
    def code(self):
        """What a quote keeps of it."""
        return f"cancellation-{self.valid_from}-v{self.pk}"

    @property
    def charged(self):
        """What it asks for, by name."""
        return {name: getattr(self, name) for name in self.CHARGED}
