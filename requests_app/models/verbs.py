"""The moves of a record request: the whole table is here, and nothing else moves one (product 1)."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused, verb
from chartrequest.days import business_day
from outbox.queue import enqueue
from requests_app import clinical, clocks, notices, permissions, quoting, readiness, turnaround
from requests_app.models.states import WITH_CUSTODIAN, State
from requests_app.reasons import IncompleteReason

BEFORE_PAYMENT = [State.PENDING, State.INCOMPLETE, State.QA, State.PRICED]


class Verbs:
    """Mixed into RecordRequest; `self` is the locked, fresh row."""

    @verb(source=State.DRAFT, target=State.PENDING, permission=permissions.can_ask)
    def submit(self, *, by):
        """Send the request to its custodian and start the clock of product 1.8.

        Raises MoveRefused with all that is missing, unless everything of product 1.4 is there.
        """
        missing = readiness.missing(self)
        if missing:
            raise MoveRefused(" ".join(missing))
        self.awaiting_signature = False
        self.submitted_at = timezone.now()
        self.custodian_organization_id = self.custodian.current.organization_id
        self.agreed_terms = quoting.terms_of_today(self) | self.agreed_terms
        self.due_on = turnaround.due_on(self)

    @verb(
        source=[State.PENDING, State.QA],
        target=State.INCOMPLETE,
        permission=permissions.can_mark_incomplete,
        tell=["reason"],
    )
    def mark_incomplete(self, *, by, reason, comment=""):
        """Send the request back to its requestor, with a reason; starts the 14-day clock (product 1.5, 1.9).

        Raises MoveRefused where `reason` is OTHER and `comment` is empty.
        """
        if reason == IncompleteReason.OTHER and not comment.strip():
            raise MoveRefused(_("Say what is missing."))
        self.incomplete_reason, self.incomplete_comment = reason, comment.strip()
        self.incomplete_at = timezone.now()
        self.rejections += 1  # billed on cancellation, product 7.6

    @verb(source=State.INCOMPLETE, target=State.PENDING, permission=permissions.can_ask)
    def resubmit(self, *, by):
        """Give the corrected request back to its custodian; what was given before stays, the clock starts anew.

        The 60 days of product 1.9 go on, but the custodian gets its time: nobody corrects a request to lose it the
        next night.
        """
        missing = readiness.missing(self)
        if missing:
            raise MoveRefused(" ".join(missing))
        self.due_on = turnaround.due_on(self)
        self.keep_for(clocks.AFTER_RESUBMISSION_DAYS)

    @verb(source=State.PENDING, target=State.QA, permission=permissions.can_upload)
    def begin_review(self, *, by):
        """Records are uploaded; from here every page needs a verdict. Raises MoveRefused without a page.

        Where nobody takes care of the request yet, the practice's Clinical Reviewer does from now on.
        """
        if not self.pages.kept().exists():
            raise MoveRefused(_("Upload the records first."))
        self._refuse_forbidden()
        self.review_began_at = timezone.now()
        self._forget_sign_off()
        reviewer = clinical.reviewer_of(self.custodian_organization)
        if reviewer and self.assigned_to_id is None:
            self.assigned_to_id = reviewer.person_id
            self.record("assigned", by=by, to=reviewer.person.full_name)

    @verb(source=State.QA, target=State.PENDING, permission=permissions.can_upload)
    def take_back(self, *, by):
        """Stop the review to correct what was uploaded; verdicts given so far stay, a sign-off does not."""
        self._forget_sign_off()

    @verb(source=State.QA, target=State.PRICED, permission=permissions.can_price, tell=["total", "pages"])
    def price(self, *, by, total, pages):
        """The review is finished and the price is set. Called by `processing.pricing.release` with its invoice.

        `total` is a written amount in USD, `pages` the approved pages. Raises MoveRefused while a page has no
        verdict, no page was approved, the checklist isn't done, or the Clinical Reviewer hasn't signed off
        (product 6.4).
        """
        missing = readiness.unreviewed(self)
        if missing:
            raise MoveRefused(" ".join(missing))
        self._refuse_forbidden()
        self.page_count = pages
        self.priced_at = timezone.now()

    @verb(source=State.PRICED, target=State.ORDERED, permission=permissions.by_itself)
    def order(self, *, by):
        """The invoice is settled: assemble and deliver (product 1.7).

        Raises MoveRefused where the authorization has ended; billing then pays the money back.
        """
        self._refuse_forbidden()
        self.ordered_at = timezone.now()
        enqueue("requests.deliver", key=self.delivery_key, record_request_id=self.pk)

    @verb(source=State.ORDERED, target=State.COMPLETED, permission=permissions.by_itself)
    def complete(self, *, by):
        """The records are there to download, or the fax is confirmed.

        Raises MoveRefused where the authorization has ended, unless the fax has arrived: what is out, is out.
        """
        release = getattr(self, "release", None)
        if not (release and release.faxed_at):
            self._refuse_forbidden()
        self.completed_at = self.ended_at = timezone.now()

    @verb(
        source=[State.PENDING, State.QA],
        target=State.INCOMPLETE,
        permission=permissions.by_itself,
        event="revoked",
        tell=["link"],
    )
    def revoke(self, *, by, link):
        """The patient took the authorization back: it goes no further without a new one (product 11.4).

        `link` is the number of the signing link. No rejection of the facility's, so none is billed.
        """
        self.incomplete_reason, self.incomplete_comment = IncompleteReason.REVOKED, ""
        self.incomplete_at = timezone.now()

    @verb(source=BEFORE_PAYMENT, target=State.CANCELED, permission=permissions.can_ask, tell=["fee", "swept"])
    def cancel(self, *, by, fee, swept=""):
        """End the request with a cancellation invoice of `fee` USD (product 7.6); see `tracking.abandoning`.

        `swept` is a `clocks.Why` where time ended it, and nobody by hand.
        """
        self.ended_at, self.swept = timezone.now(), swept

    @verb(
        source=[*BEFORE_PAYMENT, State.ORDERED],
        target=State.ABANDONED,
        permission=permissions.can_ask,
        tell=["swept"],
    )
    def abandon(self, *, by, swept=""):
        """End the request without a fee; `swept` is a `clocks.Why` where time ended it."""
        self.ended_at, self.swept = timezone.now(), swept

    @verb(source=State.CANCELED, target=State.PENDING, permission=permissions.can_ask, tell=["fee"])
    def reopen(self, *, by, fee):
        """Take up again what time has canceled, with fresh clocks, for `fee` USD (product 1.10).

        See `tracking.reopening`. Its records stay. Raises MoveRefused where somebody canceled it, or where it could
        not be asked any more.
        """
        missing = readiness.missing_to_reopen(self)
        if missing:
            raise MoveRefused(" ".join(missing))
        self.swept, self.kept_until, self.ended_at = "", None, None
        self.review_began_at = self.priced_at = None
        self.reopened_at = timezone.now()
        self.due_on = turnaround.due_on(self)

    def keep_for(self, days):
        """No sweep ends it before `days` whole days from today are over."""
        until = clocks.after(business_day(), days + 1)
        self.kept_until = max(until, self.kept_until or until)

    def _forget_sign_off(self):
        self.clinically_reviewed_by, self.clinically_reviewed_at = None, None

    def _refuse_forbidden(self):
        forbidden = readiness.forbidden(self)
        if forbidden:
            raise MoveRefused(" ".join(forbidden))

    def hold_for_signature(self, *, by):
        """Keep a complete draft until the patient signs; then it submits itself (product 1.4)."""
        with transaction.atomic():
            row = self.locked()
            if row.state != State.DRAFT:
                raise MoveRefused(row.why_not("submit"))
            row.awaiting_signature = True
            row.sweep_on = clocks.first_look(row)
            row.save(update_fields=["awaiting_signature", "sweep_on", "updated_at"])
            row.record("awaiting_signature", by=by)
            self._become(row)

    @classmethod
    def after_moves(cls, rows, name, *, by):
        cls._reckon_limits(rows)
        notices.tell([(row, f"{name}:{row.swept}" if row.swept else name) for row in rows])
        if name == "begin_review":
            for row in rows:
                notices.to_reviewer(row, by=by)

    @classmethod
    def _reckon_limits(cls, rows):
        """Another state, another limit of time: when a sweep looks next. Lists are not reordered by that."""
        moved = defaultdict(list)
        for row in rows:
            sweep_on = clocks.first_look(row)
            if sweep_on != row.sweep_on or row.ops_asked_at:
                row.sweep_on, row.ops_asked_at = sweep_on, None
                moved[sweep_on].append(row.pk)
        for sweep_on, ids in moved.items():
            cls.objects.filter(pk__in=ids).update(sweep_on=sweep_on, ops_asked_at=None)

    @property
    def is_with_custodian(self):
        return self.state in WITH_CUSTODIAN
