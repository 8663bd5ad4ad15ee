from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from audit.models import Lifecycle
from audit.models.lifecycle import LifecycleQuerySet
from correspondence.models import Thread
from requests_app import public_id
from requests_app.clocks import Why
from requests_app.models.batch import Batch
from requests_app.models.outcome_verbs import OutcomeVerbs
from requests_app.models.patient import Patient
from requests_app.models.states import OPEN, WITH_CUSTODIAN, State
from requests_app.models.verbs import Verbs
from requests_app.reasons import IncompleteReason, RecordType

# Time has something to do with these: somebody has to act, or a patient to sign.
UNENDING = Q(state__in=OPEN) | Q(awaiting_signature=True)


class RecordRequestQuerySet(LifecycleQuerySet):
    def visible_to(self, member):
        """What this member may open: their own organization's, and what was submitted to their practice.

        The only way a view obtains a request. A custodian never sees a draft.
        """
        own = Q(organization=member.organization_id)
        asked = Q(custodian_organization=member.organization_id) & ~Q(state=State.DRAFT)
        return self.filter(own | asked)

    def outbound(self, member):
        return self.filter(organization=member.organization_id)

    def inbound(self, member):
        return self.filter(custodian_organization=member.organization_id).exclude(state=State.DRAFT)


class RecordRequest(OutcomeVerbs, Verbs, Lifecycle):
    """One request to one custodian for one patient's records, with its whole life (product 1)."""

    class Dates(models.TextChoices):
        ALL = "all", _("All")
        AFTER = "after", _("After")
        BEFORE = "before", _("Before")
        BETWEEN = "between", _("Between")

    state = FSMField(max_length=12, default=State.DRAFT, choices=State.choices, protected=True)
    public_id = models.CharField(max_length=10, unique=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="record_requests")
    # Kept here too, so that a list of a million rows needs one index and no join to filter by.
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    custodian = models.ForeignKey("directory.Custodian", on_delete=models.PROTECT, related_name="+")
    custodian_organization = models.ForeignKey(
        "accounts.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="+")

    is_specified = models.BooleanField(default=False)
    record_types = models.JSONField(default=list, blank=True)
    dates = models.CharField(max_length=10, choices=Dates.choices, blank=True)
    dates_from = models.DateField(null=True, blank=True)
    dates_to = models.DateField(null=True, blank=True)
    services = models.ManyToManyField("directory.Service", blank=True, related_name="+")
    is_rush = models.BooleanField(default=False)

    awaiting_signature = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The sign-off of the practice's Clinical Reviewer (product 6.4); see `clinical`.
    clinically_reviewed_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    clinically_reviewed_at = models.DateTimeField(null=True, blank=True)
    # The practice's own fees and way of delivery as they were when the estimate was approved; see `quoting`.
    agreed_terms = models.JSONField(default=dict, blank=True)
    incomplete_reason = models.CharField(max_length=20, choices=IncompleteReason.choices, blank=True)
    incomplete_comment = models.TextField(blank=True, max_length=1000)
    rejections = models.PositiveSmallIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    incomplete_at = models.DateTimeField(null=True, blank=True)
    review_began_at = models.DateTimeField(null=True, blank=True)
    priced_at = models.DateTimeField(null=True, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # The one extension of a patient's own request (product 1.13); see `right_of_access`.
    extended_on = models.DateField(null=True, blank=True)
    extended_why = models.TextField(blank=True, max_length=500, default="", db_default="")

    # Limits of time (product 1.9): the day on which a sweep looks next, what `clocks` reckons with, what came of it.
    sweep_on = models.DateField(null=True, blank=True, editable=False)
    kept_until = models.DateField(null=True, blank=True, help_text="No sweep ends it before this day.")
    ops_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_at = models.DateTimeField(null=True, blank=True)
    swept = models.CharField(max_length=12, choices=Why.choices, blank=True, editable=False)

    objects = RecordRequestQuerySet.as_manager()

    class Meta:
        permissions = [("end_recordrequest", "Can decide whether a patient's request ends")]
        indexes = [
            # The lists' orders, state by state (see lists.paging): a page of a million is one short walk in each.
            models.Index(fields=["organization", "-updated_at", "-id"], name="request_outbound"),
            models.Index(fields=["organization", "-id"], name="request_outbound_begun"),
            models.Index(fields=["organization", "-submitted_at", "-id"], name="request_outbound_asked"),
            models.Index(
                fields=["organization", "state", "-updated_at", "-id"], name="request_outbound_state"
            ),
            models.Index(
                fields=["custodian_organization", "state", "-is_rush", "due_on", "id"], name="request_inbound"
            ),
            models.Index(
                fields=["custodian_organization", "state", "-updated_at", "-id"], name="request_inbound_new"
            ),
            models.Index(fields=["custodian_organization", "-updated_at", "-id"], name="request_inbound_all"),
            # What a custodian priced last (see usual).
            models.Index(
                fields=["custodian", "-priced_at"],
                condition=Q(priced_at__isnull=False),
                name="request_priced_last",
            ),
            models.Index(
                fields=["custodian_organization", "submitted_at"],
                condition=Q(state__in=WITH_CUSTODIAN),
                name="request_waiting",
            ),
            # What the sweeps take: due rows in their order, and rows whose day nobody has reckoned yet.
            models.Index(
                fields=["sweep_on", "id"], condition=Q(sweep_on__isnull=False), name="request_to_sweep"
            ),
            models.Index(
                fields=["id"], condition=Q(UNENDING, sweep_on__isnull=True), name="request_unreckoned"
            ),
            models.Index(
                fields=["ops_asked_at"], condition=Q(ops_asked_at__isnull=False), name="request_asks_ops"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "custodian"], name="custodian_once_in_batch"),
        ]

    def __str__(self):
        return public_id.written(self.public_id)

    def get_absolute_url(self):
        return reverse("record_request", args=[self.public_id])

    @classmethod
    def draft(cls, batch, custodian, *, by):
        """Begin a request of `batch` to `custodian`, in Draft, with an ID of its own (product 5.5)."""
        with transaction.atomic():
            record_request = cls.objects.create(
                public_id=cls._unused_id(),
                batch=batch,
                organization_id=batch.organization_id,
                patient_id=batch.patient_id,
                custodian=custodian,
                custodian_organization_id=custodian.organization_id,
                thread=Thread.objects.create(),
            )
            record_request.record("drafted", by=by, to_state=State.DRAFT)
        return record_request

    @classmethod
    def _unused_id(cls):
        """A drawn ID that nobody has; the unique column settles the one race in a billion."""
        while True:
            drawn = public_id.draw()
            if not cls.objects.filter(public_id=drawn).exists():
                return drawn

    @property
    def authorization(self):
        """The authorization that counts: the newest that wasn't replaced or withdrawn, or None."""
        counting = self.authorizations.counting().select_related("document")
        return counting.order_by("-id").first()

    @property
    def record_type_labels(self):
        return [str(RecordType(one).label) for one in self.record_types]

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def requestor_class(self):
        return self.batch.requestor_class

    @property
    def dates_in_words(self):
        """The choice ("All", "Between" …) with its days as MM/DD/YYYY."""
        days = [f"{day:%m/%d/%Y}" for day in (self.dates_from, self.dates_to) if day]
        chosen = self.get_dates_display()
        if len(days) == 2:
            return _("%(choice)s %(start)s and %(end)s") % {
                "choice": chosen,
                "start": days[0],
                "end": days[1],
            }
        return f"{chosen} {days[0]}" if days else chosen
