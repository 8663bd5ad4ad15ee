"""The sweep of requests: who waits too long is warned, then ended (product 1.9).

A request carries the day on which it is looked at next (`sweep_on`), written by each move; the sweep takes whose day
has come, does the one thing that is due, and writes the next day.
"""

from collections import defaultdict

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
RELATED = ("organization", "custodian", "custodian_organization", "batch__organization", "batch__owner")


def due():
    return RecordRequest.objects.filter(sweep_on__lte=business_day())


def settle(record_requests):
    """Do what is due for locked, fresh requests; returns a word for each."""
    today, words, left, lapsing, telling = business_day(), [], [], [], []
    for one in record_requests:
        running = clocks.clock(one)
        if running is None:
            left.append(one)
        elif not running.is_over(today):
            telling.append((one, running))
        elif _lapses(one, running):
            lapsing.append((one, running.why))
        else:
            words.append(_end(one, running))
    if lapsing:
        abandoning.lapse_each(lapsing, by=SYSTEM)
    words += ["canceled"] * len(lapsing) + ["left alone"] * len(left) + _tell(telling, today)
    _look_again([one for one in record_requests if one.pk], today)
    return words


def _look_again(record_requests, today):
    moved = defaultdict(list)
    for one in record_requests:
        running = clocks.clock(one)
        sweep_on = running and running.next_look(today)
        if sweep_on != one.sweep_on:
            moved[sweep_on].append(one.pk)
    for sweep_on, ids in moved.items():
        RecordRequest.objects.filter(pk__in=ids).update(sweep_on=sweep_on)


def _lapses(record_request, running):
    """Whether it is canceled, with what that costs: many are on one day, and are canceled together."""
    return running.why in (Why.WAITED, Why.UNCORRECTED) and not record_request.organization.is_household


def _end(record_request, running):
    if running.why == Why.UNFULFILLED:
        record_request.abandon(by=SYSTEM, swept=running.why)
        return "abandoned"
    if running.why == Why.UNSIGNED:
        return _delete(record_request, running)
    if running.why == Why.UNDELIVERED:
        return _give_back(record_request)
    return _ask_ops(record_request, running)


def _delete(record_request, running):
    """A draft that nobody signed; where an outage took its warning, it is warned of first and has two weeks more."""
    if _words(running, running.told_on[0]) in _said_before([record_request])[record_request.pk]:
        choosing.forget(record_request, by=SYSTEM)
        return "deleted"
    record_request.kept_until = clocks.after(business_day(), clocks.WARNED_DAYS[0])
    RecordRequest.objects.filter(pk=record_request.pk).update(kept_until=record_request.kept_until)
    return _tell([(record_request, clocks.clock(record_request))], business_day())[0]


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


def _tell(telling, today):
    """Tell whoever must know that time runs out, once for each of the days on which that is done.

    `telling` are pairs of a request and its clock; returns a word for each.
    """
    due = [(one, running, running.telling_due(today)) for one, running in telling]
    before = _said_before([one for one, _running, day in due if day])
    due = [(one, running, _words(running, day)) for one, running, day in due if day]
    fresh = [one for one in due if one[2] not in before[one[0].pk]]
    overdue = [one for one in fresh if one[1].why == Why.UNDELIVERED]
    ending = [one for one in fresh if one[1].why != Why.UNDELIVERED]
    _tell_ops(overdue)
    _warn(ending)
    words = ["ops told"] * len(overdue) + ["warned"] * len(ending)
    return words + ["left alone"] * (len(telling) - len(words))


def _tell_ops(overdue):
    for record_request, _running, said in overdue:
        record_request.record("ops_told", by=SYSTEM, **said)
        notices.to_ops(record_request, "delivery_overdue", reverse("admin:index"))


def _warn(ending):
    if not ending:
        return
    Activity.objects.append("warned", [(one, {"details": said}) for one, _running, said in ending], by=SYSTEM)
    told = defaultdict(list)
    for one, running, _said in ending:
        told[_warning(one, running)].append((one, {"day": f"{running.ends_on:%m/%d/%Y}"}))
    for event, requests in told.items():
        notices.to_requestors(event, requests)


def _warning(record_request, running):
    if running.why == Why.UNSIGNED:
        return "draft_deleted_soon"
    return "request_decided_soon" if record_request.organization.is_household else "request_ends_soon"


def _words(running, day):
    """What the activity keeps of the warning of `day`."""
    return {"ends_on": running.ends_on.isoformat(), "days": clocks.days_between(day, running.ends_on)}


def _said_before(record_requests):
    """`{request id: what warnings said}`, an empty list where there was none."""
    said = defaultdict(list)
    if record_requests:
        told = Activity.objects.of(*record_requests).filter(event__in=["warned", "ops_told"])
        for row_id, details in told.values_list("subject_id", "details"):
            said[row_id].append(details)
    return said


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


SWEEP = sweeping.Sweep("requests", _("Requests that wait too long"), due, "sweep_on", settle, RELATED)


def sweep():
    reckon_unreckoned()
    return sweeping.run(SWEEP)
