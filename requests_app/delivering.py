"""Delivery, in the background, right after payment (product 1.7): assemble the approved pages, hand them over, done.

Each step is a job of the outbox that looks again at what is already there, so that it can be run twice.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

import outbox
from accounts.models import Permission
from audit.actors import SYSTEM
from correspondence.channels import fax
from documents.assemble import Part, assemble
from documents.render import pdf_from_template
from outbox.queue import enqueue
from requests_app import notices
from requests_app.authorizations.ending import may_not_go_out
from requests_app.models import Batch, RecordPage, RecordRequest, Release, State

FAX_TRIES = 3
FIRST_LOOK = timedelta(seconds=20)
BETWEEN_FAXES = timedelta(minutes=10)


class StillSending(Exception):
    """The fax is on its way; the job looks again later."""


@outbox.handler("requests.deliver")
def deliver(job, *, record_request_id):
    """Assemble the release of a paid request, then complete it, or fax it first."""
    record_request = RecordRequest.objects.select_related("batch__organization", "patient", "custodian").get(
        pk=record_request_id
    )
    if record_request.state != State.ORDERED or may_not_go_out(record_request):
        return
    if not Release.objects.filter(record_request=record_request).exists():
        _keep_release(record_request, _assembled(record_request))
    if record_request.batch.delivery == Batch.Delivery.FAX and record_request.custodian.offers_fax:
        enqueue("requests.fax", key=f"fax:{record_request.pk}:0", record_request_id=record_request.pk)
    else:
        record_request.complete(by=SYSTEM)


def approved_pages(record_request):
    """The pages that are released, in their order: approved ones of files that were not taken out."""
    return (
        record_request.pages.filter(file__removed_at__isnull=True, verdict=RecordPage.Verdict.APPROVED)
        .select_related("file__document")
        .order_by("file__position", "file_id", "number")
    )


def _assembled(record_request):
    parts = [Part(page.file.document, page.number, page.rotation) for page in approved_pages(record_request)]
    cover = pdf_from_template(
        "requests_app/release/cover.html", {"record_request": record_request, "pages": len(parts)}
    )
    return assemble(parts, stamp=str(record_request), cover_pdf=cover, name=f"{record_request}.pdf")


@transaction.atomic
def _keep_release(record_request, document):
    """Make `document` the release; where another worker was faster, its release stays and this one goes."""
    row = record_request.locked()
    if Release.objects.filter(record_request=row).exists():
        document.delete()
        document.remove_blob()
        return
    pages = approved_pages(row).count()
    Release.objects.create(record_request=row, document=document, pages=pages)
    row.record("assembled", by=SYSTEM, pages=pages)


@outbox.handler("requests.fax")
def send_fax(job, *, record_request_id):
    """Hand the release to the fax provider, once for each try: the same key never makes a second fax."""
    release = _release(record_request_id)
    if release.record_request.state != State.ORDERED or release.fax_id:
        return
    if may_not_go_out(release.record_request):
        return
    release.fax_id = fax.send(
        str(release.record_request.batch.return_fax),
        release.document.read(),
        key=f"release-{release.pk}-{release.fax_attempts}",
    )
    with transaction.atomic():
        release.save(update_fields=["fax_id"])
        enqueue(
            "requests.fax_result",
            key=f"fax result:{release.fax_id}",
            due_at=timezone.now() + FIRST_LOOK,
            record_request_id=record_request_id,
        )


@outbox.handler("requests.fax_result")
def settle_fax(job, *, record_request_id):
    """Ask how the fax went: done, try again, or offer the download and tell both sides."""
    release = _release(record_request_id)
    if release.record_request.state != State.ORDERED or not release.fax_id:
        return
    state = fax.state(release.fax_id)
    if state == fax.SENDING:
        raise StillSending
    with transaction.atomic():
        record_request = release.record_request.locked()
        if state == fax.DELIVERED:
            release.faxed_at = timezone.now()
            release.save(update_fields=["faxed_at"])
            record_request.record("faxed", by=SYSTEM, pages=release.pages)
            record_request.complete(by=SYSTEM)
        else:
            _fax_failed(release, record_request)
        release.save()


def _fax_failed(release, record_request):
    release.fax_attempts += 1
    release.fax_id = ""
    record_request.record("fax_failed", by=SYSTEM)
    if may_not_go_out(record_request):  # not by another try, and not as a download
        return
    if release.fax_attempts < FAX_TRIES:
        enqueue(
            "requests.fax",
            key=f"fax:{record_request.pk}:{release.fax_attempts}",
            due_at=timezone.now() + BETWEEN_FAXES,
            record_request_id=record_request.pk,
        )
        return
    release.fax_failed_at = timezone.now()
    notices.to_custodian(record_request, "fax_failed", Permission.UPLOAD_RECORDS)
    notices.to_requestor(record_request, "fax_failed")
    record_request.complete(by=SYSTEM)


def _release(record_request_id):
    return Release.objects.select_related("record_request__batch", "document").get(
        record_request=record_request_id
    )
