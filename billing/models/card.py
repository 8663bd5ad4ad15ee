from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from audit.models import Lifecycle
from billing.signals import card_gone
from outbox.queue import enqueue

BRANDS = {"amex": "American Express", "diners": "Diners Club", "jcb": "JCB", "unionpay": "UnionPay"}


def called(brand, last4):
    """A card as people call theirs."""
    return _("%(brand)s ending in %(last4)s") % {"brand": brand_label(brand), "last4": last4}


def brand_label(brand):
    return BRANDS.get(brand, brand.title())


class BankCustomer(models.Model):
    """An organization as the bank knows it."""

    organization = models.OneToOneField("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    customer_id = models.CharField(max_length=80, unique=True)

    def __str__(self):
        return self.customer_id


class CardQuerySet(models.QuerySet):
    def usable_by(self, member):
        """A person's own cards of this organization, and those colleagues share with it (product 5.3)."""
        mine = Q(owner=member.person_id) | Q(is_shared=True)
        return self.filter(mine, organization=member.organization_id, removed_at__isnull=True)


class Card(Lifecycle):
    """A card saved at the bank. Its number was never here: the bank's id, the brand and the last four are.

    It has no states; from Lifecycle it has its Activity, since who shared a card must be known later.
    """

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    payment_method_id = models.CharField(max_length=80, unique=True)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=80, blank=True, help_text="The same for the same number.")
    is_shared = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return called(self.brand, self.last4)

    @property
    def brand_label(self):
        return brand_label(self.brand)

    @property
    def expires(self):
        return f"{self.exp_month:02d}/{self.exp_year}"

    @property
    def is_expired(self):
        today = timezone.localdate()
        return (self.exp_year, self.exp_month) < (today.year, today.month)

    def why_not(self, organization_id):
        """Why this organization can't pay with it, in a sentence; empty where it can."""
        if self.removed_at or self.organization_id != organization_id:
            return _("This card can't be used any more. Choose another one.")
        here = Member.objects.active().filter(person=self.owner_id, organization=self.organization_id)
        if not here.exists():
            return _("Whoever added this card has left the organization. Choose another one.")
        if self.is_expired:
            return _("This card has expired. Choose another one.")
        return ""

    def why_not_for(self, person_id, organization_id):
        """The same for this person of it: their own card, or one that is shared with them."""
        if why := self.why_not(organization_id):
            return why
        if self.owner_id != person_id and not self.is_shared:
            return _("This card isn't shared any more. Choose another one.")
        return ""

    @classmethod
    def keep(cls, facts, *, by):
        """Save the card that the bank has taken for this member; returns (card, the id to detach or "").

        The same number again (the bank's fingerprint) stays one card, with the newer expiry; what the bank
        then holds twice is told to the caller.
        """
        with transaction.atomic():
            own = cls.objects.select_for_update().filter(organization=by.organization_id, owner=by.person_id)
            known = own.filter(payment_method_id=facts.payment_method_id).first()
            if known:
                return known, ""
            in_use = own.filter(removed_at__isnull=True).exclude(fingerprint="")
            same = in_use.filter(fingerprint=facts.fingerprint).first()
            card = same or cls(organization_id=by.organization_id, owner_id=by.person_id)
            spare = card.payment_method_id
            for name in ("payment_method_id", "brand", "last4", "exp_month", "exp_year", "fingerprint"):
                setattr(card, name, getattr(facts, name))
            card.save()
            card.record("card_renewed" if same else "card_added", by=by, last4=card.last4)
        return card, spare

    def share(self, shared, *, by):
        """Let colleagues pay with it, or no longer (product 5.3)."""
        with transaction.atomic():
            self.is_shared = shared
            self.save(update_fields=["is_shared"])
            self.record("card_shared" if shared else "card_unshared", by=by)
            if not shared:
                card_gone.send(sender=type(self), card=self)

    def remove(self, *, by):
        """Take the card out of use, here and soon at the bank; charges made with it keep pointing here."""
        with transaction.atomic():
            enqueue("billing.forget_card", key=f"forget-card:{self.pk}", card_id=self.pk)
            self.removed_at = timezone.now()
            self.save(update_fields=["removed_at"])
            self.record("card_removed", by=by)
            card_gone.send(sender=type(self), card=self)
