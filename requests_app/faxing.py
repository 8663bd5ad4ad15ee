"""Fax return (product 1.7): once for each try, three tries; then both sides are told and the download is offered."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

import outbox
from accounts.models import Permission
from audit.actors import SYSTEM
from correspondence.channels import Refused, fax
from correspondence.models import ContactToCheck, Notice
from outbox.queue import enqueue
from requests_app import notices
from requests_app.authorizations.ending import may_not_go_out
from requests_app.models import Release, State

MOST_TRIES = 3
FIRST_LOOK = timedelta(seconds=20)
BETWEEN_TRIES = timedelta(minutes=10)


class StillSending(Exception):
    """The fax is on its way; the job looks again later."""


def begin(record_request):
    """Fax an assembled release, or offer the download at once where it is too long for a fax."""
    release = record_request.release
    if fax.takes(release.document.page_count, release.document.size):
        _next_try(release)
        return
    with transaction.atomic():
        row = record_request.locked()
        if row.state == State.ORDERED:
            row.record("fax_too_long", by=SYSTEM, pages=release.pages)
            notices.to_requestor(row, "fax_too_long")
            _offer_download(row, release)


@outbox.handler("requests.fax")
def send_fax(job, *, record_request_id):
    """Hand the release to the fax provider, once for each try: the same key never makes a second fax."""
    release = _release(record_request_id)
    record_request, attempt = release.record_request, release.fax_attempts
    if record_request.state != State.ORDERED or release.fax_id or may_not_go_out(record_request):
        return
    number = str(record_request.batch.return_fax)
    try:
        fax_id = fax.send(number, release.document.read(), key=f"release-{release.pk}-{attempt}")
    except Refused:
        _settle(release, fax.FAILED, is_final=True)
        return
    with transaction.atomic():
        if not Release.objects.filter(pk=release.pk, fax_id="", fax_attempts=attempt).update(fax_id=fax_id):
            return
        enqueue(
            "requests.fax_result",
            key=f"fax result:{release.pk}:{attempt}",
            due_at=timezone.now() + FIRST_LOOK,
            record_request_id=record_request_id,
        )


@outbox.handler("requests.fax_result")
def settle_fax(job, *, record_request_id):
    """Ask how the fax went: done, try again, or offer the download and tell both sides.

    A fax that is still under way after the last look counts as failed, and is not sent a second time.
    """
    release = _release(record_request_id)
    if release.record_request.state != State.ORDERED or not release.fax_id:
        return
    state = fax.state(release.fax_id)
    if state == fax.SENDING and not job.is_last_attempt:
        raise StillSending
    _settle(release, state, is_final=state == fax.SENDING)


@transaction.atomic
def _settle(release, state, *, is_final=False):
    """Write down how a try ended, once, on the locked request."""
    record_request = release.record_request.locked()
    fresh = Release.objects.select_related("record_request").get(pk=release.pk)
    if record_request.state != State.ORDERED or fresh.fax_attempts != release.fax_attempts:
        return
    if state == fax.DELIVERED:
        fresh.faxed_at = timezone.now()
        fresh.save(update_fields=["faxed_at"])
        record_request.record("faxed", by=SYSTEM, pages=fresh.pages)
        ContactToCheck.objects.works(Notice.Channel.FAX, record_request.batch.return_fax)
        record_request.complete(by=SYSTEM)
        return
    fresh.fax_id, fresh.fax_attempts = "", fresh.fax_attempts + 1
    fresh.save(update_fields=["fax_id", "fax_attempts"])
    record_request.record("fax_failed", by=SYSTEM)
    if fresh.fax_attempts < MOST_TRIES and not is_final:
        _next_try(fresh, after=BETWEEN_TRIES)
        return
    ContactToCheck.objects.report(
        Notice.Channel.FAX,
        record_request.batch.return_fax,
        why=ContactToCheck.Why.FAX,
        reference=str(record_request),
    )
    if may_not_go_out(record_request):  # not as a download either
        return
    notices.to_custodian(record_request, "fax_failed", Permission.UPLOAD_RECORDS)
    notices.to_requestor(record_request, "fax_failed")
    _offer_download(record_request, fresh)


def _offer_download(record_request, release):
    release.fax_failed_at = timezone.now()
    release.save(update_fields=["fax_failed_at"])
    if not may_not_go_out(record_request):
        record_request.complete(by=SYSTEM)


def _next_try(release, *, after=timedelta(0)):
    enqueue(
        "requests.fax",
        key=f"fax:{release.pk}:{release.fax_attempts}",
        due_at=timezone.now() + after,
        record_request_id=release.record_request_id,
    )


def _release(record_request_id):
    releases = Release.objects.select_related("record_request__batch", "document")
    return releases.get(record_request=record_request_id)
