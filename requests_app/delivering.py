"""Delivery, in the background, right after payment (product 1.7): assemble the approved pages, hand them over, done.

Each step is a job of the outbox that looks again at what is already there, so that it can be run twice.
"""

from django.db import transaction
from django.utils import timezone

import outbox
from audit.actors import SYSTEM
from documents.assemble import Part, assemble
from documents.models import Document
from documents.render import pdf_from_template
from requests_app import faxing, letter_paper, quoting
from requests_app.authorizations.ending import may_not_go_out
from requests_app.models import EarlierDelivery, RecordRequest, Release, State
from requests_app.models.outcome_verbs import REOPENS_FREE_DAYS
from requests_app.receipt import receipt


@outbox.handler("requests.deliver")
def deliver(job, *, record_request_id):
    """Assemble the release of a paid request, then complete it, or fax it first."""
    record_request = RecordRequest.objects.select_related(
        "batch__organization", "patient", "custodian", "custodian_organization"
    ).get(pk=record_request_id)
    if record_request.state != State.ORDERED or may_not_go_out(record_request):
        return
    if not Release.objects.filter(record_request=record_request).exists():
        _remove_strays(record_request)
        _keep_release(record_request, _assembled(record_request))
    if quoting.medium(record_request) == quoting.PAPER:
        faxing.begin(record_request)
    else:
        record_request.complete(by=SYSTEM)


def approved_pages(record_request):
    """The pages that are released, in their order: approved ones of files that were not taken out.

    None where the practice answers by a letter: what was uploaded before stays behind.
    """
    if record_request.is_answered_by_letter:
        return record_request.pages.none()
    pages = record_request.pages.approved().select_related("file__document")
    return pages.order_by("file__position", "file_id", "number")


def cover(record_request, pages):
    """The cover sheet as PDF bytes: who releases what to whom, `pages` pages of it."""
    practice = record_request.custodian_organization
    with timezone.override(practice.zone if practice else None):
        return pdf_from_template(
            "requests_app/release/cover.html",
            {
                "record_request": record_request,
                "batch": record_request.batch,
                "custodian": record_request.custodian,
                "pages": pages,
                "outcome": record_request.outcome,
                "receipt": receipt(record_request, pages=pages),
                "reopens_days": REOPENS_FREE_DAYS,
                "today": timezone.localdate(),
            },
        )


def _assembled(record_request):
    pages = [Part(page.file.document, page.number, page.rotation) for page in approved_pages(record_request)]
    return assemble(
        pages or _letter(record_request),
        stamp=str(record_request),
        cover_pdf=cover(record_request, len(pages)),
        name=_name(record_request),
    )


def _letter(record_request):
    """The pages of the letter that is the record; none where there is no such letter."""
    outcome = record_request.outcome
    if outcome is None or not outcome.is_letter:
        return []
    letter = letter_paper.kept(record_request, outcome)
    return [Part(letter, number) for number in range(1, letter.page_count + 1)]


@transaction.atomic
def _keep_release(record_request, document):
    """Make `document` the release; where another worker was faster, its release stays and this one goes."""
    row = record_request.locked()
    if Release.objects.filter(record_request=row).exists():
        document.delete()
        return
    pages = approved_pages(row).count()
    Release.objects.create(record_request=row, document=document, pages=pages)
    row.record("assembled", by=SYSTEM, pages=pages)


def _remove_strays(record_request):
    """What a worker assembled that died before it became the release."""
    released = Release.objects.values("document_id")
    earlier = EarlierDelivery.objects.values("document_id")
    for stray in (
        Document.objects.filter(
            use=Document.Use.GENERATED, name=_name(record_request), created_at__gte=record_request.ordered_at
        )
        .exclude(pk__in=released)
        .exclude(pk__in=earlier)
    ):
        stray.delete()


def _name(record_request):
    return f"release-{record_request}.pdf"
