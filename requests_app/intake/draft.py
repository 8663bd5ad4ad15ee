"""A draft as the wizard shows it: its requests with all that belongs to them, and how far each step is."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Service
from requests_app.models import Authorization, KeptInput
from requests_app.models.batch import MOST_CUSTODIANS

PATIENT, PROVIDERS, DETAILS = "patient", "providers", "details"
AUTHORIZATION, PAYMENT, ESTIMATE = "authorization", "payment", "estimate"
STEPS = {
    PATIENT: (_("Add patient information"), "wizard_patient_edit"),
    PROVIDERS: (_("Select providers"), "wizard_providers"),
    DETAILS: (_("Add request details"), "wizard_details"),
    AUTHORIZATION: (_("Upload authorization"), "wizard_authorization"),
    PAYMENT: (_("Select payment method"), "wizard_payment"),
    ESTIMATE: (_("Approve estimate"), "wizard_estimate"),
}
# The forms of each step, by the name under which half-typed input is kept.
FORMS_OF = {PATIENT: ("patient", "case"), DETAILS: ("details", "delivery"), PAYMENT: ("payment",)}
PAGE_OF_FORM = {
    "patient": "wizard_patient_edit",
    "case": "wizard_case",
    "details": "wizard_details",
    "delivery": "wizard_delivery",
    "payment": "wizard_payment",
}


@dataclass(frozen=True)
class Step:
    """One tab: `url` is empty while the step can't be opened yet."""

    name: str
    label: str
    url: str
    is_done: bool
    is_current: bool


class Draft:
    """A batch with its requests, fetched once: the same few queries for one custodian and for twenty."""

    most = MOST_CUSTODIANS

    def __init__(self, batch):
        self.batch = batch

    @cached_property
    def record_requests(self):
        counting = Authorization.objects.filter(replaced_at__isnull=True).select_related("document")
        asked = self.batch.record_requests.select_related("custodian").order_by("id")
        asked = list(
            asked.prefetch_related(
                "services",
                Prefetch("authorizations", queryset=counting, to_attr="counting"),
                Prefetch(
                    "custodian__services",
                    queryset=Service.objects.filter(is_offered=True),
                    to_attr="offered",
                ),
            )
        )
        for record_request in asked:
            record_request.paper = next(iter(record_request.counting), None)
            record_request.not_offered = _not_offered(record_request)
        return asked

    @cached_property
    def unfinished(self):
        """The names of the forms in which something was typed and not taken over yet."""
        return set(KeptInput.objects.of(self.batch).pending().values_list("form", flat=True))

    @cached_property
    def is_done(self):
        """Which steps are complete, by name."""
        batch, asked = self.batch, self.record_requests
        papers = [one.paper for one in asked]
        done = {
            PATIENT: True,
            PROVIDERS: bool(asked),
            DETAILS: bool(asked and batch.delivery and batch.has_reasons)
            and all(one.is_specified and not one.not_offered for one in asked),
            AUTHORIZATION: bool(asked)
            and all(one and (one.is_given or one.is_for_patient) for one in papers),
            PAYMENT: batch.has_way_to_pay,
            ESTIMATE: bool(batch.estimate_approved_at),
        }
        return {
            name: is_done and not self.unfinished.intersection(FORMS_OF.get(name, ()))
            for name, is_done in done.items()
        }

    @property
    def lacks_papers(self):
        """Some custodian has no authorization yet."""
        return any(one.paper is None for one in self.record_requests)

    def steps(self, current=""):
        reachable, steps = True, []
        for name, (label, url_name) in STEPS.items():
            url = reverse(url_name, args=[self.batch.pk]) if reachable else ""
            steps.append(Step(name, label, url, self.is_done[name], name == current))
            reachable = reachable and (self.is_done[name] or name != PROVIDERS)
        return steps

    @property
    def next_url(self):
        """Where to go on: the first step that isn't done, else the review."""
        for step in self.steps():
            if not step.is_done:
                return step.url
        return reverse("wizard_review", args=[self.batch.pk])


def _not_offered(record_request):
    """What was chosen and isn't offered any more, in words: the practice changed it meanwhile."""
    gone = [str(one) for one in record_request.services.all() if not one.is_offered]
    if record_request.is_rush and not record_request.custodian.offers_rush:
        gone.append(gettext("Rush"))
    return gone


def steps_before_a_draft():
    """The tabs while the patient is written down for the first time."""
    return [Step(name, label, "", False, name == PATIENT) for name, (label, _url) in STEPS.items()]
