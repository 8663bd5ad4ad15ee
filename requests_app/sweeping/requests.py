"""The sweep of requests: who waits too long is warned, then ended (product 1.9).

A request carries the day on which it is looked at next (`sweep_on`), written by each move; the sweep takes whose day
has come, does the one thing that is due, and writes the next day.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM
from audit.models import Activity
from billing import refunding
from chartrequest.days import business_day
from outbox import sweeping
from requests_app import clocks, notices
from requests_app.clocks import Why
from requests_app.intake import choosing
from requests_app.models import RecordRequest
from requests_app.models.record_request import UNENDING
from requests_app.tracking import abandoning

AT_ONCE = 1000
REASON = "The records were not delivered within 90 days."
RELATED = ["organization", "custodian", "custodian_organization", "batch__organization", "batch__owner"]


def due():
    return RecordRequest.objects.filter(sweep_on__lte=business_day()).select_related(*RELATED)


def settle(record_request):
    """Do what is due for one locked request; returns a word for it."""
    record_request.reads_once("organization", "custodian", "custodian_organization", "batch")
    today = business_day()
    running = clocks.clock(record_request)
    if running is None:
        word = "left alone"
    elif running.is_over(today):
        word = _end(record_request, running)
        if record_request.pk is None:
            return word
    else:
        word = _tell(record_request, running, today)
    _look_again(record_request, today)
    return word


def _look_again(record_request, today):
    running = clocks.clock(record_request)
    sweep_on = running and running.next_look(today)
    if sweep_on != record_request.sweep_on:
        RecordRequest.objects.filter(pk=record_request.pk).update(sweep_on=sweep_on)


def _end(record_request, running):
    if running.why == Why.UNFULFILLED:
        record_request.abandon(by=SYSTEM, swept=running.why)
        return "abandoned"
    if running.why == Why.UNSIGNED:
        return _delete(record_request, running)
    if running.why == Why.UNDELIVERED:
        return _give_back(record_request)
    if record_request.organization.is_household:
        return _ask_ops(record_request, running)
    abandoning.lapse(record_request, by=SYSTEM, swept=running.why)
    return "canceled"


def _delete(record_request, running):
    """A draft that nobody signed; where an outage took its warning, it is warned of first and has two weeks more."""
    if _was_said(record_request, _words(running, running.told_on[0])):
        choosing.forget(record_request, by=SYSTEM)
        return "deleted"
    record_request.kept_until = clocks.after(business_day(), clocks.WARNED_DAYS[0])
    RecordRequest.objects.filter(pk=record_request.pk).update(kept_until=record_request.kept_until)
    return _tell(record_request, clocks.clock(record_request), business_day())


def _give_back(record_request):
    """Paid and never delivered: it ends, and all that was paid for it goes back, by jobs after the commit."""
    if record_request.organization.is_provider:
        record_request.abandon(by=SYSTEM, swept=Why.UNFULFILLED)  # nothing was paid
        return "abandoned"
    record_request.abandon(by=SYSTEM, swept=Why.UNDELIVERED)
    refunding.in_full(record_request, by=SYSTEM, reason=REASON)
    return "paid back"


def _ask_ops(record_request, running):
    """A patient's own request is ended by a person: the custodian owes an answer (45 CFR 164.524)."""
    if record_request.ops_asked_at:
        return "with ops"
    RecordRequest.objects.filter(pk=record_request.pk).update(ops_asked_at=timezone.now())
    record_request.record("ops_asked", by=SYSTEM, swept=running.why)
    return "asked ops"


def _tell(record_request, running, today):
    """Tell whoever must know that time runs out, once for each of the days on which that is done."""
    day = running.telling_due(today)
    said = day and _words(running, day)
    if not said or _was_said(record_request, said):
        return "left alone"
    if running.why == Why.UNDELIVERED:
        record_request.record("ops_told", by=SYSTEM, **said)
        notices.to_ops(record_request, "delivery_overdue", reverse("admin:index"))
        return "ops told"
    record_request.record("warned", by=SYSTEM, **said)
    is_patients = record_request.organization.is_household
    words = {"day": f"{running.ends_on:%m/%d/%Y}"}
    if running.why == Why.UNSIGNED:
        notices.to_requestor(record_request, "draft_deleted_soon", **words)
    elif is_patients:
        notices.to_requestor(record_request, "request_decided_soon", **words)
    else:
        notices.to_requestor(record_request, "request_ends_soon", **words)
    return "warned"


def _words(running, day):
    """What the activity keeps of the warning of `day`."""
    return {"ends_on": running.ends_on.isoformat(), "days": clocks.days_between(day, running.ends_on)}


def _was_said(record_request, said):
    told = Activity.objects.of(record_request).filter(event__in=["warned", "ops_told"])
    return said in list(told.values_list("details", flat=True))


def reckon_unreckoned():
    """Requests that lack their day (older than the sweeps, or moved by an older version) are due today."""
    skip = {"of": ("self",), "skip_locked": sweeping.skips_locked()}
    while True:
        with transaction.atomic():
            unreckoned = RecordRequest.objects.filter(UNENDING, sweep_on__isnull=True).order_by("pk")
            found = list(unreckoned.select_for_update(**skip).values_list("pk", flat=True)[:AT_ONCE])
            RecordRequest.objects.filter(pk__in=found).update(sweep_on=business_day())
        if len(found) < AT_ONCE:
            return


SWEEP = sweeping.Sweep("requests", _("Requests that wait too long"), due, "sweep_on", settle)


def sweep():
    reckon_unreckoned()
    return sweeping.run(SWEEP)
