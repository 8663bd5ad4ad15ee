"""The page says by when, and what became of it: who waits, who pays, who decides (product 1.14)."""

import pytest
import time_machine
from django.urls import reverse

from chartrequest.days import began
from requests_app.standing import standing
from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(days_after):
    """`said(request, member, 50)`: when time ends it, as that member reads 50 days after it was submitted."""

    def at(record_request, member, days):
        with time_machine.travel(began(days_after(record_request, days)), tick=False):
            record_request.refresh_from_db()
            return standing(record_request, member).by_when

    return at


def test_nobody_is_worried_before_the_first_warning(pending, rosa, said):
    assert "canceled" not in said(pending, rosa, 46)


@pytest.mark.parametrize("reader", ["rosa", "clara"])
def test_both_sides_read_when_it_is_canceled_and_what_would_prevent_it(pending, said, request, reader):
    assert "It is canceled on" in said(pending, request.getfixturevalue(reader), 47)
    assert "unless the records are released and paid for" in said(
        pending, request.getfixturevalue(reader), 47
    )


def test_who_has_to_pay_reads_until_when(pending, rosa, clara, said):
    stage.priced(pending, clara)
    assert "unless it is paid for before then" in said(pending, rosa, 50)


def test_who_has_to_correct_reads_until_when_from_the_first_day(pending, rosa, clara, said):
    pending.mark_incomplete(by=clara, reason="illegible")
    assert "unless it is corrected before then" in said(pending, rosa, 0)


def test_a_patient_reads_that_a_person_decides(pat, custodian, clara, said, on, days_after):
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    assert "our staff looks at it and decides" in said(own, pat, 50)
    on(days_after(own, 61))
    assert "It has waited for long" in said(own, pat, 62)


def test_care_coordination_reads_that_it_costs_nothing(custodian, clara, said):
    otto = cast.member("otto", cast.organization("Peachtree Radiology", "provider"))
    care = stage.draft(otto, custodian)
    care.submit(by=otto)
    assert "without a fee, unless it is fulfilled" in said(care, otto, 80)


def test_afterwards_the_page_says_what_time_did(pending, rosa, on, days_after, as_):
    on(days_after(pending, 61))
    html = as_(rosa).get(reverse("record_request", args=[pending.public_id])).content.decode()
    assert "no records came within 60 days" in html
    assert "The cancellation invoice is open." in html
