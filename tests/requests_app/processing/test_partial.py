"""A part of what was asked for, and the receipt that every delivery carries (product 1.12)."""

import io

import pypdf
import pytest
from django.urls import reverse

from audit.models import Activity
from correspondence.models import Notice
from outbox.queue import run_due
from requests_app.models import Outcome, Release, State
from requests_app.processing import pricing
from tests import stage
from tests.requests_app.processing.test_answering import CONTACT, DENIAL

pytestmark = pytest.mark.django_db

PARTIAL = {
    "outcome": "partial",
    "delivered_types": ["medical"],
    "missing": "The MRI report of 2019.",
    "missing_reason": "elsewhere",
}


@pytest.fixture
def reviewed(pending, clara):
    pending.record_types = ["medical", "billing"]
    pending.save()
    return stage.reviewed(pending, clara, pages=3)


def release(as_, member, record_request, **said):
    reckoned = pricing.reckon(record_request)
    lines = {f"line_{index}": line["amount"] for index, line in enumerate(reckoned.lines)}
    sent = {"seen": str(reckoned.total), "reason": "", **lines} | said
    answered = as_(member).post(reverse("release", args=[record_request.public_id]), sent)
    record_request.refresh_from_db()
    return answered


def deliver(record_request):
    for invoice in record_request.invoices.open():
        invoice.settle(by=record_request)
    run_due(kind="requests.deliver")
    record_request.refresh_from_db()


def pages(record_request):
    document = Release.objects.get(record_request=record_request).document
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(document.read())).pages
    ]


def test_all_that_was_asked_for_is_the_outcome_unless_said_otherwise(reviewed, clara, as_):
    release(as_, clara, reviewed)
    assert reviewed.outcome.kind == Outcome.Kind.FULL


def test_a_part_says_what_is_missing_and_why(reviewed, clara, as_):
    release(as_, clara, reviewed, **PARTIAL)
    outcome = reviewed.outcome
    assert (outcome.kind, outcome.missing, outcome.missing_reason, outcome.delivered_types) == (
        "partial",
        "The MRI report of 2019.",
        "elsewhere",
        ["medical"],
    )


def test_a_part_is_priced_by_its_pages_like_any_release(reviewed, clara, as_):
    expected = pricing.reckon(reviewed).total
    release(as_, clara, reviewed, **PARTIAL)
    assert reviewed.invoices.get().total == expected > 0


@pytest.mark.parametrize("field", ["missing", "missing_reason", "delivered_types"])
def test_a_part_needs_each_of_these(reviewed, clara, as_, field):
    answered = release(as_, clara, reviewed, **PARTIAL | {field: ""})
    reviewed.refresh_from_db()
    assert answered.status_code == 422
    assert (reviewed.state, reviewed.outcome) == (State.QA, None)
    assert field == "missing" or "The MRI report of 2019." in answered.content.decode()


def test_the_days_that_came_are_in_order(reviewed, clara, as_):
    days = {"delivered_from": "02/01/2020", "delivered_to": "01/01/2020"}
    assert release(as_, clara, reviewed, **PARTIAL, **days).status_code == 422


def test_the_receipt_sets_ordered_against_delivered(reviewed, clara, as_):
    days = {"delivered_from": "01/01/2020", "delivered_to": "12/31/2021"}
    release(as_, clara, reviewed, **PARTIAL, **days)
    total = reviewed.invoices.get().total
    deliver(reviewed)
    front = pages(reviewed)[0]
    for words in [
        "Records Medical, Billing Medical",
        "All 01/01/2020 to 12/31/2021",
        "3 pages",
        f"${total}",
        "The MRI report of 2019. Kept by another provider",
        "within 30 days",
    ]:
        assert words in front


def test_a_whole_delivery_carries_its_receipt_too(reviewed, clara, as_):
    release(as_, clara, reviewed)
    deliver(reviewed)
    front = pages(reviewed)[0]
    assert "Records Medical, Billing Medical, Billing" in front
    assert "Missing" not in front
    assert len(pages(reviewed)) == 4


def test_the_receipt_stands_on_the_page_for_both_sides(reviewed, clara, rosa, as_):
    release(as_, clara, reviewed, **PARTIAL)
    deliver(reviewed)
    page = as_(rosa).get(reviewed.get_absolute_url()).content.decode()
    assert "The MRI report of 2019." in page
    assert "Kept by another provider" in page
    assert "The MRI report of 2019." in as_(clara).get(reviewed.get_absolute_url()).content.decode()


def test_the_requestor_is_told_that_it_is_a_part(reviewed, clara, as_):
    release(as_, clara, reviewed, **PARTIAL)
    deliver(reviewed)
    assert Notice.objects.filter(event="records_partly_ready").count() == 1
    assert not Notice.objects.filter(event="records_ready").exists()


WITHHELD = PARTIAL | DENIAL | {"missing_reason": "withheld", "missing": "Session notes."}


def test_what_is_withheld_gets_its_letter_in_front_of_the_pages(reviewed, clara, as_):
    release(as_, clara, reviewed, **WITHHELD)
    deliver(reviewed)
    found = pages(reviewed)
    assert "Withheld of it: Session notes." in found[1]
    assert "Psychotherapy notes" in found[1]
    assert "Office for Civil Rights" in found[1]
    assert reviewed.release.pages == 3
    assert f"{reviewed} · page 1 of 3" in found[2]
    entry = Activity.objects.of(reviewed).get(event="released_in_part")
    assert entry.details["sha256"] == reviewed.outcome.letter_sha256


@pytest.mark.parametrize("field", ["ground", "explanation", "contact_name", "contact_phone"])
def test_withholding_needs_each_of_these(reviewed, clara, as_, field):
    assert release(as_, clara, reviewed, **WITHHELD | {field: ""}).status_code == 422
    assert reviewed.outcome is None


def test_a_ground_is_kept_only_where_something_is_withheld(reviewed, clara, as_):
    release(as_, clara, reviewed, **PARTIAL | DENIAL | CONTACT)
    assert (reviewed.outcome.ground, reviewed.outcome.letter, reviewed.outcome.contact_name) == ("", [], "")
