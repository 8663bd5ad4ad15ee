"""The refund letter: what was decided, on paper, for whoever paid (product 7.9)."""

import io
from decimal import Decimal

import pypdf
import pytest
from django.urls import reverse

from billing.models import Refund
from chartrequest.days import business_day
from tests.billing import paid

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def letter(fresh):
    """`letter(rosa, refund)` is the answer at its address."""

    def read(member, refund):
        public_id = refund.invoice.record_request.public_id
        return fresh(member).get(reverse("refund_letter", args=[public_id, refund.pk]))

    return read


def words(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_approved_in_part_it_says_how_much_and_by_when(letter, settled, rosa, olga):
    refund = paid.ask(settled, rosa, "10.00")
    refund.approve(by=olga, amount=Decimal("4.00"), decision="Half were doubles.")
    said = words(letter(rosa, refund))
    for word in ("Approved in part", "$10.00", "$4.00", "Half were doubles.", "3–5 business days", "Visa"):
        assert word in said


def test_denied_it_says_why(letter, settled, rosa, olga):
    refund = paid.ask(settled, rosa)
    refund.deny(by=olga, ground=Refund.Ground.AS_ORDERED)
    said = words(letter(rosa, refund))
    assert "delivered as they were ordered" in said
    assert "$0.00" in said


def test_the_check_and_where_it_went(letter, invoice, rosa, olga):
    refund = paid.ask(paid.by_check(invoice, olga), rosa)
    refund.approve(by=olga)
    refund.send_check(by=olga, number="7001", sent_on=business_day())
    said = words(letter(rosa, refund))
    assert "Check 7001" in said
    assert "1 Main Street" in said


def test_it_names_no_patient(letter, settled, rosa, olga):
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga)
    assert settled.record_request.patient.last_name not in words(letter(rosa, refund))


def test_there_is_none_before_the_decision(letter, settled, rosa):
    assert letter(rosa, paid.ask(settled, rosa)).status_code == 404


def test_the_practice_may_not_read_it(letter, settled, rosa, clara, olga):
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga)
    assert letter(clara, refund).status_code == 403


def test_not_under_another_request(fresh, settled, rosa, draft, olga):
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga)
    assert fresh(rosa).get(reverse("refund_letter", args=[draft.public_id, refund.pk])).status_code == 404


def test_whoever_paid_by_the_invoice_s_link_gets_it_back_to_the_card_they_used_once(
    letter, settled, rosa, olga
):
    once = {"card": None, "person": None, "once_method_id": "pm_once", "once_label": "Visa ending in 1111"}
    settled.payments.update(**once)
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga)
    assert "goes back to Visa ending in 1111" in words(letter(rosa, refund))
