from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from localflavor.us.models import USStateField, USZipCodeField
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Permission, Standing
from audit.models import Lifecycle, MoveRefused
from audit.models.lifecycle import LifecycleQuerySet
from directory.finding.words import words_of
from directory.models.registry import RegistryEntry
from directory.models.word import Word


class LinkedEntry(models.Model):
    """An NPI beside its own that a custodian stands for: a hospital has several, and a merged one had its own.

    The registry's entry of that NPI is then not listed for itself.
    """

    npi = models.CharField("NPI", max_length=10, primary_key=True)
    custodian = models.ForeignKey("Custodian", on_delete=models.CASCADE, related_name="linked_entries")

    class Meta:
        verbose_name_plural = "linked entries"

    def __str__(self):
        return self.npi


class CustodianQuerySet(LifecycleQuerySet):
    def listed(self):
        """Those that can be found: not what was merged into another."""
        return self.filter(merged_into=None)

    def in_network(self):
        """Those whose practice works here and answers requests itself; not while it is suspended."""
        return self.listed().filter(organization__standing=Standing.APPROVED)

    def of_npi(self, npi):
        """Those that stand for an NPI, their own or one that ops linked to them, the oldest first."""
        linked = LinkedEntry.objects.filter(pk=npi).values("custodian")
        return self.listed().filter(Q(npi=npi) | Q(pk__in=linked)).order_by("id")


class Custodian(Lifecycle):
    """A facility that holds records. With an `organization` it is in the network: that practice answers.

    It moves through no states, but keeps an Activity of what ops did to it. Two rows of one facility are merged
    (`directory.merging`): the one that goes stays as a row that points to the other, and is never found again.
    """

    state_name = ""  # `state` is where it is

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("Hospital")
        PHYSICIAN = "physician", _("Physician practice")
        ANY = "any", _("Other facility")

        @classmethod
        def of_npi(cls, npi):
            """What the registry takes it for; some states set other fees for hospitals."""
            entry = RegistryEntry.objects.filter(pk=npi or None).first()
            return cls.HOSPITAL if entry and entry.is_hospital else cls.PHYSICIAN

    organization = models.ForeignKey(
        "accounts.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="custodians",
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PHYSICIAN)
    npi = models.CharField("NPI", max_length=10, blank=True)
    specialty = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100)
    state = USStateField()
    zip_code = USZipCodeField(blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    offers_download = models.BooleanField(default=True)
    offers_fax = models.BooleanField(default=False)
    offers_rush = models.BooleanField(default=False)
    rush_fee = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("0.00"))
    provider_fee = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="What the practice adds to each priced request, where its agreement says so.",
    )
    agreed_copy_fee = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The agreed reasonable cost of a copy, for states whose law names no amount.",
    )

    words = models.CharField(max_length=900, blank=True, editable=False, help_text="What it is found by.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = CustodianQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["state", "name"], name="custodian_by_state")]
        permissions = [("merge_custodian", "Can merge two custodians")]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **options):
        self.words = words_of(
            name=self.name,
            other_name=self.specialty,
            city=self.city,
            state=self.state,
            zip_code=self.zip_code,
        )
        if update_fields is not None:
            update_fields = {*update_fields, "words"}
        super().save(*args, update_fields=update_fields, **options)
        Word.note(self.words)

    @classmethod
    def list_new(cls, *, by, **facts):
        """A new row that ops list. Raises MoveRefused where another stands for its NPI already."""
        with transaction.atomic():
            npi = facts.get("npi", "")
            there = cls.objects.of_npi(npi).first() if npi else None
            if there:
                raise MoveRefused(
                    gettext("%(name)s (number %(number)s) stands for this NPI already.")
                    % {"name": there.name, "number": there.pk}
                )
            row = cls.objects.create(**facts)
            row.record("listed", by=by)
        return row

    def link(self, entry, *, by):
        """Let it stand for an entry of the registry too: by its own NPI, or beside that. Raises MoveRefused."""
        with transaction.atomic():
            row = self.locked()
            if row.merged_into_id:
                raise MoveRefused(gettext("It was merged into another one. Link the entry to that one."))
            there = Custodian.objects.of_npi(entry.npi).first()
            if there:
                raise MoveRefused(
                    gettext("%(name)s (number %(number)s) stands for this NPI already.")
                    % {"name": there.name, "number": there.pk}
                )
            row.stand_for(entry.npi)
            row.record("entry_linked", by=by, npi=entry.npi)
        self._become(row)

    def stand_for(self, npi):
        """Take an NPI that nobody stands for; call it with the row locked."""
        if not self.npi:
            self.npi = npi
            self.save(update_fields=["npi"])
        else:
            self.linked_entries.create(npi=npi)

    @property
    def npis(self):
        """All that it stands for."""
        linked = self.linked_entries.order_by("npi").values_list("npi", flat=True)
        return [one for one in (self.npi, *linked) if one]

    @property
    def place(self):
        return f"{self.city}, {self.state}"

    @property
    def can_be_asked(self):
        """Whether somebody answers for it now; for a merged one, who answers for the other."""
        return Custodian.objects.in_network().filter(pk=self.merged_into_id or self.pk).exists()

    @property
    def current(self):
        """The row that stands for it now: the one that it was merged into, else itself."""
        return self.merged_into or self

    @property
    def address(self):
        """ "100 Main Street, Macon, GA 31201", as far as it is known."""
        return ", ".join(
            part for part in (self.street, self.city, f"{self.state} {self.zip_code}".strip()) if part
        )

    def change(self, *, by, **said):
        """Change the facts, the delivery or the rush of a place, as `said` names them; the rest stays as it is.

        Holds for requests to come: what was estimated or submitted keeps its terms. Raises MoveRefused where no
        way of delivery would be left, NotPermitted.
        """
        with self.organization.held(by=by, permission=Permission.MANAGE_ORGANIZATION) as (organization, by):
            row = self._fresh_of(organization)
            changed = [name for name, value in said.items() if getattr(row, name) != value]
            if not changed:
                return
            for name in changed:
                setattr(row, name, said[name])
            if not (row.offers_download or row.offers_fax):
                raise MoveRefused(gettext("Offer at least one way to deliver the records."))
            row.save(update_fields=changed)
            organization.record("place_changed", by=by, place=row.name, fields=changed)

    def change_services(self, said, *, by):
        """Offer services, or no longer, each at its fee: `said` is `{kind: (is_offered, fee in USD or None)}`.

        A kind that is not named stays as it is. Holds for requests to come. Raises NotPermitted.
        """
        with self.organization.held(by=by, permission=Permission.MANAGE_ORGANIZATION) as (organization, by):
            row = self._fresh_of(organization)
            there = {one.kind: one for one in row.services.all()}
            changed = [kind for kind, terms in said.items() if row._offer(there.get(kind), kind, *terms)]
            if changed:
                organization.record("services_changed", by=by, place=self.name, fields=changed)

    def _fresh_of(self, organization):
        """This row as it is now, while it is the locked organization's: ops may have given it to another."""
        row = Custodian.objects.filter(pk=self.pk, organization=organization).first()
        if row is None:
            raise MoveRefused(gettext("This place doesn't belong to your organization any more."))
        return row

    def _offer(self, service, kind, is_offered, fee):
        """Whether that changed anything. A service without a fee is not offered."""
        if service is None:
            if fee is not None:
                self.services.create(kind=kind, fee=fee, is_offered=is_offered)
            return fee is not None
        fee = service.fee if fee is None else fee
        if (service.is_offered, service.fee) == (is_offered, fee):
            return False
        service.is_offered, service.fee = is_offered, fee
        service.save(update_fields=["is_offered", "fee"])
        return True
