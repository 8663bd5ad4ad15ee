"""Requests brought to a state by the product's own verbs."""

import io
from datetime import date

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.intake import take_in
from documents.models import Use
from requests_app.models import Authorization, Batch, Patient, RecordRequest
from requests_app.reasons import Reason


def pdf(pages=1):
    """A PDF of blank Letter pages, as bytes."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(612, 792))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_file(name="file.pdf", pages=1):
    return SimpleUploadedFile(name, pdf(pages), content_type="application/pdf")


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
    return Batch.objects.create(
        organization=by.organization, owner=by.person, patient=patient(by.organization), **said
    )


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
        document=take_in(pdf_file("authorization.pdf"), use=Use.AUTHORIZATION, by=by.person),
    )
    return record_request
