import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Organization
from requests_app.models.patient import Patient, search_key
from requests_app.reasons import Reason

MOST_CUSTODIANS = 20

# The fee schedules know these classes of requestor; everybody else pays as a third party does.
REQUESTOR_CLASS = {
    Organization.Kind.HOUSEHOLD: "patient",
    Organization.Kind.LAW_FIRM: "attorney",
    Organization.Kind.INSURER: "insurer",
    Organization.Kind.GOVERNMENT: "government",
    Organization.Kind.PROVIDER: "provider",
    Organization.Kind.OTHER: "attorney",
}


class BatchQuerySet(models.QuerySet):
    def visible_to(self, member):
        return self.filter(organization=member.organization_id)


class Batch(models.Model):
    """One sitting of the wizard: one patient, up to 20 custodians, what holds for all of them (product 5.3, 5.5)."""

    class Delivery(models.TextChoices):
        DOWNLOAD = "download", _("Electronic download")
        FAX = "fax", _("Fax return")

    class PayBy(models.TextChoices):
        CHECK = "check", _("Check")
        CARD = "card", _("Credit Card")

    # Drawn when the first page is opened: sending that page twice makes one batch.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="batch")
    case_number = models.CharField(max_length=60, blank=True)
    case_key = models.CharField(max_length=160, blank=True, editable=False)  # what a search looks through
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    return_fax = PhoneNumberField(blank=True)
    reasons = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True, max_length=2000)
    pay_by = models.CharField(max_length=10, choices=PayBy.choices, blank=True)
    card = models.ForeignKey(
        "billing.Card", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # That the card may be charged by itself, and how far; see billing.models.CardAgreement.
    card_agreement = models.ForeignKey(
        "billing.CardAgreement", null=True, blank=True, on_delete=models.PROTECT, related_name="batches"
    )
    estimate_approved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Its owner was told: untouched until then, the draft is deleted on that day (see `sweeping.drafts`).
    delete_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        indexes = [
            models.Index(fields=["case_key"], opclasses=["varchar_pattern_ops"], name="batch_by_case"),
            models.Index(
                fields=["updated_at", "id"], condition=models.Q(submitted_at=None), name="batch_old_draft"
            ),
            models.Index(
                fields=["delete_on", "id"],
                condition=models.Q(delete_on__isnull=False),
                name="batch_to_delete",
            ),
        ]

    def __str__(self):
        return f"Batch {self.pk}"

    def save(self, *args, update_fields=None, **kwargs):
        self.case_key = search_key(self.case_number)
        if update_fields and "case_number" in update_fields:
            update_fields = {*update_fields, "case_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def locked(self):
        """This row, fresh and locked until the transaction ends. Raises DoesNotExist for a deleted draft."""
        return Batch.objects.select_for_update().get(pk=self.pk)

    def withdraw_estimate(self):
        """What is asked has changed, so the estimate that was approved no longer tells its price."""
        if self.estimate_approved_at:
            self.estimate_approved_at = None
            self.save(update_fields=["estimate_approved_at", "updated_at"])

    @property
    def has_reasons(self):
        """Professionals say why they ask; a patient's own request needs no reason (product 1.4)."""
        return bool(self.reasons) or self.organization.is_household

    @property
    def has_way_to_pay(self):
        """By check, or by a card that is still in use; a patient's needs their word (product 4.5)."""
        if self.pay_by == self.PayBy.CARD:
            agreed = self.card_agreement is not None or not self.organization.is_household
            return self.card is not None and agreed and not self.why_not_card
        return self.pay_by == self.PayBy.CHECK

    @property
    def why_not_card(self):
        """Why the chosen card can't be used any more, in a sentence; empty where it can, or none was chosen."""
        if self.card is None:
            return ""
        if self.card_agreement:
            return self.card_agreement.why_not_its_card()
        return self.card.why_not(self.organization_id)

    @property
    def requestor_class(self):
        return REQUESTOR_CLASS[self.organization.kind]

    @property
    def reason_labels(self):
        return [str(Reason(one).label) for one in self.reasons]
