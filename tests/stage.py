"""Requests brought to a state by the product's own verbs."""

import io
import uuid
from datetime import date
from functools import lru_cache

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.intake import Checked, check, take_in
from documents.models import Use
from requests_app.models import Authorization, Batch, Patient, RecordRequest, State
from requests_app.processing import pricing, review, uploads
from requests_app.reasons import Reason


def pdf(pages=1, title=""):
    """A PDF of blank Letter pages, as bytes; another `title` makes other bytes."""
    made = pikepdf.new()
    made.docinfo["/Title"] = title
    for _ in range(pages):
        made.add_blank_page(page_size=(612, 792))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_file(name="file.pdf", pages=1, title=""):
    return SimpleUploadedFile(name, pdf(pages, title), content_type="application/pdf")


@lru_cache
def _inspected(pages, use):
    """What the product's own check says of such a PDF; asked once, since each ask starts a process."""
    checked = check(pdf_file(pages=pages), use=use)
    checked.spool.close()
    return checked.found


def checked_pdf(name="file.pdf", pages=1, title="", use=Use.AUTHORIZATION):
    """The same file with its check already done, for tests that are not about the check."""
    return Checked(io.BytesIO(pdf(pages, title)), use, name, dict(_inspected(pages, use)))


def patient(of, **fields):
    said = {"first_name": "Thomas", "last_name": "Wright", "birth_date": date(1978, 11, 2)} | fields
    return Patient.objects.create(organization=of, **said)


def batch(by, **fields):
    said = {
        "reasons": [Reason.LITIGATION],
        "delivery": Batch.Delivery.DOWNLOAD,
        "pay_by": Batch.PayBy.CHECK,
        "case_number": "24-CV-1187",
        "estimate_approved_at": timezone.now(),
    } | fields
    said["patient"] = said.get("patient") or patient(by.organization)
    return Batch.objects.create(organization=by.organization, owner=by.person, **said)


def draft(by, custodian, **fields):
    """Everything product 1.4 asks for is given; only "Submit Request" is left."""
    record_request = RecordRequest.draft(batch(by, **fields), custodian, by=by)
    record_request.record_types = ["medical"]
    record_request.dates = RecordRequest.Dates.ALL
    record_request.is_specified = True
    record_request.save()
    Authorization.objects.create(
        record_request=record_request,
        kind=Authorization.Kind.GENERAL,
        document=take_in(checked_pdf("authorization.pdf"), use=Use.AUTHORIZATION, by=by.person),
    )
    return record_request


def upload(record_request, member, pages=1, begin=False):
    """A file of `pages` pages is added; `begin` starts the review."""
    file = checked_pdf("records.pdf", pages, title=str(uuid.uuid4()), use=Use.RECORDS)
    uploads.add(record_request, file, by=member)
    if begin:
        record_request.begin_review(by=member)
    return record_request


def reviewed(record_request, member, pages=2):
    """In QA with every page approved and the checklist ticked; pages are uploaded where there are none."""
    if not record_request.pages.kept().exists():
        upload(record_request, member, pages)
    if record_request.state == State.PENDING:
        record_request.begin_review(by=member)
    for page in record_request.pages.unreviewed():
        review.decide(page, review.Verdict.APPROVED, by=member)
    for item in member.organization.checklist.filter(is_active=True):
        review.tick(record_request, item, by=member, done=True)
    return record_request


def priced(record_request, member, pages=2):
    """Reviewed, priced and invoiced; waits for payment (or is ordered, where it is free)."""
    reviewed(record_request, member, pages)
    pricing.release(record_request, by=member)
    return record_request
