"""Estimate, invoice and receipt on paper: who gets which, and what is never on them."""

import io

import pypdf
import pytest
from django.urls import reverse

from billing import paying
from billing.models import Quote
from requests_app import quoting
from requests_app.tracking.paying import papers

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def at(name, record_request):
    return reverse(name, args=[record_request.public_id])


def text(paper):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def test_the_invoice_says_what_why_and_where_to(priced, invoice):
    said = text(papers.invoice_paper(priced))
    for word in (invoice.number, str(priced), f"${invoice.total}", "31-33-3", "PO BOX 931035", "Smith Law"):
        assert word in said


def test_no_patient_is_on_it(priced, invoice):
    said = text(papers.invoice_paper(priced))
    assert priced.patient.last_name not in said
    assert priced.patient.first_name not in said


def test_the_case_number_is_the_requestor_s(priced, invoice):
    assert "24-CV-1187" in text(papers.invoice_paper(priced))
    assert "24-CV-1187" not in text(papers.invoice_paper(priced, for_requestor=False))


def test_the_practice_gets_the_invoice_without_it(as_, clara, priced, invoice):
    answer = as_(clara).get(at("invoice_pdf", priced))
    assert answer["Content-Type"] == "application/pdf"
    assert "24-CV-1187" not in text(answer.content)


def test_the_receipt_says_how_it_was_paid(priced, invoice, card, rosa):
    payment = paying.pay(invoice, card, rosa)
    said = text(papers.receipt_paper(priced))
    assert "Visa ending in 4242" in said
    assert payment.charge_id in said


def test_before_payment_there_is_no_receipt(as_, rosa, priced, invoice):
    assert as_(rosa).get(at("receipt_pdf", priced)).status_code == 404


def test_the_estimate_is_no_invoice(as_, rosa, priced):
    assert as_(rosa).get(at("estimate_pdf", priced)).status_code == 404
    Quote.keep(priced, Quote.Kind.ESTIMATE, quoting.reckon(priced, pages=60))
    answer = as_(rosa).get(at("estimate_pdf", priced))
    assert "Not an invoice" in text(answer.content)


def test_a_long_invoice_goes_on_to_the_next_page_with_its_number(priced, invoice):
    Quote.objects.filter(pk=invoice.quote_id).update(lines=invoice.quote.lines * 30)
    said = text(papers.invoice_paper(priced))
    assert "Page 2 of" in said


@pytest.mark.parametrize("name", ["estimate_pdf", "invoice_pdf", "receipt_pdf"])
def test_strangers_get_404(as_, sam, priced, invoice, name):
    assert as_(sam).get(at(name, priced)).status_code == 404


@pytest.mark.parametrize("name", ["estimate_pdf", "receipt_pdf"])
def test_what_the_firm_paid_by_is_not_the_practice_s(as_, clara, priced, invoice, name):
    assert as_(clara).get(at(name, priced)).status_code == 403
