"""The moves that end a request with a letter, and the one that opens a delivery again (product 1.12)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from audit.models import MoveRefused, verb
from billing.models.refundable import has_gone_back
from chartrequest.days import business_day
from requests_app import permissions, turnaround
from requests_app.models.states import WITH_CUSTODIAN, State

REOPENS_FREE_DAYS = 30


class OutcomeVerbs:
    """Mixed into RecordRequest; `self` is the locked, fresh row."""

    @verb(source=list(WITH_CUSTODIAN), target=State.PRICED, permission=permissions.can_price, tell=["sha256"])
    def state_no_records(self, *, by, sha256):
        """The practice states that it has no such records. Called by `processing.answering` with its invoice.

        `sha256` is of the signed text. Raises MoveRefused where no letter was made, or the authorization has ended.
        """
        self._answer_by_letter("no_records")

    @verb(source=list(WITH_CUSTODIAN), target=State.PRICED, permission=permissions.can_price, tell=["sha256"])
    def deny(self, *, by, sha256):
        """The practice denies access, by a letter that says why and how to complain (45 CFR 164.524(d)).

        `sha256` is of the signed text. Raises MoveRefused where no letter was made, or the authorization has ended.
        """
        self._answer_by_letter("denied")

    @verb(source=State.COMPLETED, target=State.PENDING, permission=permissions.can_ask)
    def report_missing(self, *, by, missing):
        """Something is missing from the delivery: the practice completes it free of charge, on a fresh clock.

        `missing` says what, in the requestor's words. Raises MoveRefused after 30 days, for a denial, and where
        the authorization has ended.
        """
        if refusal := self.why_not_reopened:
            raise MoveRefused(refusal)
        self._refuse_forbidden()
        self._set_aside(missing, by)
        self.ticks.all().delete()  # the checklist is for what goes out now
        self.completed_at = self.ended_at = self.kept_until = None
        self.reopened_at = timezone.now()  # no sweep counts the time before
        self.due_on = turnaround.due_on(self)

    @property
    def outcome(self):
        """How the practice answered in the present release, or None; what was prefetched is not asked for again."""
        if self.priced_at is None:
            return None
        return next((one for one in self.outcomes.all() if one.superseded_at is None), None)

    @property
    def earlier_delivery(self):
        """The newest delivery of which something was missing, or None."""
        if self.reopened_at is None:
            return None
        return next(iter(self.earlier_deliveries.all()), None)

    @property
    def is_answered_by_letter(self):
        outcome = self.outcome
        return bool(outcome and outcome.is_letter)

    @property
    def reopens_until(self):
        """The last day on which something missing is completed free of charge; None unless delivered."""
        if self.completed_at is None:
            return None
        return business_day(self.completed_at) + timedelta(days=REOPENS_FREE_DAYS)

    @property
    def why_not_reopened(self):
        """Why "Something is missing" is no longer the way, in a sentence; "" where it is."""
        until, outcome = self.reopens_until, self.outcome
        if outcome and outcome.kind == outcome.Kind.DENIED:
            return _("The practice denied this request. Its letter says how to have that looked at again.")
        if until and business_day() > until:
            said = {"day": date_format(until, "M j, Y")}
            return _("A delivery could be completed free of charge until %(day)s. Make a new request.") % said
        if self._went_back:
            return _("All that was paid for this delivery went back. Make a new request.")
        return ""

    @cached_property
    def _went_back(self):
        """Asked once for a page; a verb works on a fresh row."""
        return has_gone_back(self)

    @property
    def delivery_key(self):
        """The key of the delivery's job: another one for each time the request is delivered."""
        before = self.earlier_deliveries.count() if self.reopened_at else 0
        return f"deliver:{self.pk}:{before}" if before else f"deliver:{self.pk}"

    def _answer_by_letter(self, kind):
        outcome = self.outcomes.counting().first()
        if outcome is None or outcome.kind != kind:
            raise MoveRefused(_("The letter is missing."))
        self._refuse_forbidden()
        self.page_count = 0
        self.priced_at = timezone.now()

    def _set_aside(self, missing, by):
        """Keep the release as an earlier delivery, so that another one can be made."""
        release, outcome = self.release, self.outcome
        if outcome:
            outcome.superseded_at = timezone.now()
            outcome.save(update_fields=["superseded_at"])
        self.earlier_deliveries.create(
            document=release.document,
            outcome=outcome,
            pages=release.pages,
            delivered_at=self.completed_at,
            faxed_at=release.faxed_at,
            missing=missing,
            reported_by_id=by.actor.person_id,
        )
        release.delete()
