from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts import tokens
from billing.models.invoice import Invoice

LASTS = timedelta(days=90)


class PayLinkQuerySet(models.QuerySet):
    def by_hash(self, token_hash):
        found = self.filter(token_hash=token_hash).select_related(
            "invoice__record_request__custodian", "invoice__organization", "invoice__quote"
        )
        return found.first()


class PayLink(models.Model):
    """A link by which whoever holds it may pay one invoice, without an account (product 7.5); kept as a hash.

    A new one is drawn for each paper and letter; all of them open the same invoice, and show nobody's name.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = PayLinkQuerySet.as_manager()

    def __str__(self):
        return f"Link to {self.invoice}"

    @classmethod
    def draw(cls, invoice, *, by):
        """A new token for this invoice, in clear for the only time. `by` is a member."""
        token, token_hash = tokens.draw()
        cls.objects.create(invoice=invoice, token_hash=token_hash, made_by_id=by.person_id)
        return token

    @property
    def is_expired(self):
        return timezone.now() > self.made_at + LASTS
