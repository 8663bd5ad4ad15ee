from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Permission
from billing.models.card import Card

# What a patient's card may be charged without asking again, to the cent (product 4.5).
PATIENTS_CEILING = Decimal("250.00")


class Ceiling(models.Model):
    """The most that an organization's cards may be charged without asking again; without a row: nothing."""

    organization = models.OneToOneField("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="ceiling_positive"),
        ]

    def __str__(self):
        return f"{self.organization} {self.amount}"

    @classmethod
    def of(cls, organization, *, locked=False):
        """USD, or None where its people are always asked. `locked` keeps it as it is until the transaction ends."""
        if organization.is_household:
            return PATIENTS_CEILING
        rows = cls.objects.select_for_update() if locked else cls.objects
        found = rows.filter(organization=organization).first()
        return found.amount if found else None

    @classmethod
    def put(cls, organization, amount, *, by):
        """Set the ceiling in USD, or take it away (None). Raises NotPermitted."""
        with organization.held(by=by, permission=Permission.MANAGE_ORGANIZATION) as (held, by):
            before = cls.of(held, locked=True)
            if before == amount:
                return
            if amount is None:
                cls.objects.filter(organization=held).delete()
                held.record("ceiling_removed", by=by)
            else:
                cls.objects.update_or_create(organization=held, defaults={"amount": amount})
                held.record("ceiling_set", by=by, amount=str(amount))


class CardAgreement(models.Model):
    """Somebody's word that a card may be charged by itself, up to `up_to` USD, the cents included.

    Given with the payment method (product 4.5, 5.3), by initials where it is a patient. Never changed: another
    card or another word is another row.
    """

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    up_to = models.DecimalField(max_digits=10, decimal_places=2)
    initials = models.CharField(max_length=10, blank=True)
    agreed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(up_to__gt=0), name="agreement_positive"),
        ]

    def __str__(self):
        return _("%(card)s, up to $%(amount)s") % {"card": self.card, "amount": f"{self.up_to:,.2f}"}

    def most(self, *, locked=False):
        """What may be charged by it now, in USD, or None for nothing.

        A ceiling that was lowered since counts at once; one that was raised counts for agreements to come.
        """
        ceiling = Ceiling.of(self.organization, locked=locked)
        return None if ceiling is None else min(self.up_to, ceiling)

    def why_not_its_card(self):
        """Why the card can't be used by this agreement any more, in a sentence; empty where it can."""
        return self.card.why_not_for(self.person_id, self.organization_id)
