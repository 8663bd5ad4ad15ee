"""Until when a request may wait where it is, and what becomes of it then (product 1.9).

Days are the business's (docs/decisions/0007-days.md) and are counted as dates, so no change of the clocks and no
29 February moves one. A limit of 60 days is over on the 61st day after: day 60 is still in time, day 61 is not.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from chartrequest.days import business_day
from requests_app.models.states import OPEN, State

WAITING_DAYS = 60
INCOMPLETE_DAYS = 14
UNFULFILLED_DAYS = 90
OPS_TOLD_DAYS = 60  # a paid request that isn't delivered
WARNED_DAYS = (14, 7, 1)  # before the day on which it ends
AFTER_RESUBMISSION_DAYS = 14
KEPT_GOING_DAYS = 30
UNSIGNED_DAYS = 180


class Why(models.TextChoices):
    """Why a sweep ended a request."""

    WAITED = "waited", _("no records within 60 days")
    UNCORRECTED = "uncorrected", _("not corrected within 14 days")
    UNFULFILLED = "unfulfilled", _("not fulfilled within 90 days")
    UNDELIVERED = "undelivered", _("paid, and not delivered within 90 days")
    UNSIGNED = (
        "unsigned",
        _("not signed within 180 days"),
    )  # a draft that was sent to be signed; it is deleted


@dataclass(frozen=True)
class Clock:
    """A limit: on `ends_on`, the first day beyond it, a sweep ends the request because of `why`.

    `told_on` are the days on which somebody is told before, ascending.
    """

    why: str
    ends_on: object
    told_on: tuple

    def is_over(self, today):
        return today >= self.ends_on

    def telling_due(self, today):
        """The newest of the days before the end on which somebody is told, that has come; None before the first.

        Only the newest: after days of outage nobody hears three warnings at once.
        """
        return max((day for day in self.told_on if day <= today), default=None)

    def next_look(self, today):
        """The next day after `today` on which there is something to do."""
        return min(day for day in (*self.told_on, max(self.ends_on, after(today, 1))) if day > today)


def after(day, days):
    return day + timedelta(days=days)


def days_between(day, later):
    return (later - day).days


def clock(record_request):
    """The Clock that runs for this request in its present state, or None."""
    running = _running(record_request)
    return min(running, key=lambda one: one.ends_on) if running else None


def _running(record_request):
    state, kept = State(record_request.state), record_request.kept_until
    if state == State.DRAFT and record_request.awaiting_signature:
        return [_unsigned(record_request)]
    if state not in OPEN:
        return []
    if state == State.ORDERED:
        return [_undelivered(record_request)]
    began_on = business_day(record_request.reopened_at or record_request.submitted_at)
    is_care_coordination = record_request.organization.is_provider
    running = []
    if state == State.INCOMPLETE:
        incomplete_on = business_day(record_request.incomplete_at)
        running.append(_until(Why.UNCORRECTED, incomplete_on, INCOMPLETE_DAYS, kept))
    elif not is_care_coordination:
        running.append(_until(Why.WAITED, began_on, WAITING_DAYS, kept))
    if is_care_coordination:
        running.append(_until(Why.UNFULFILLED, began_on, UNFULFILLED_DAYS, kept))
    return running


def _until(why, began_on, days, kept_until, warned_days=WARNED_DAYS):
    """`days` in full; where somebody decided that it may go on, until that day at least."""
    ends_on = after(began_on, days + 1)
    if kept_until:
        ends_on = max(ends_on, kept_until)
    return Clock(why, ends_on, tuple(after(ends_on, -days) for days in warned_days))


def _unsigned(record_request):
    """Half a year since the patient was sent the link, or anything else was done about it."""
    paper = record_request.authorization
    sent_at = paper.invitation.sent_at if paper and paper.invitation else None
    touched_on = business_day(max(filter(None, [record_request.updated_at, sent_at])))
    return _until(Why.UNSIGNED, touched_on, UNSIGNED_DAYS, record_request.kept_until, WARNED_DAYS[:1])


def _undelivered(record_request):
    ordered_on = business_day(record_request.ordered_at)
    told_on = after(ordered_on, OPS_TOLD_DAYS + 1)
    return Clock(Why.UNDELIVERED, after(ordered_on, UNFULFILLED_DAYS + 1), (told_on,))


def first_look(record_request, today=None):
    """The day on which a sweep looks at it next: today where somebody should have been told already; None for never."""
    today = today or business_day()
    running = clock(record_request)
    if running is None:
        return None
    if running.is_over(today) or running.telling_due(today):
        return today
    return running.next_look(today)
