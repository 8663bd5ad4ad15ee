"""A refund in Chromium: found, asked for with a mistake first, decided by ops, read by whoever asked."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from billing.models import Refund
from outbox.queue import run_due
from tests import stage
from tests.billing import paid
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


def as_file(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": stage.pdf(1, name)}


def fill(page, amount):
    page.get_by_label("Requested Refund Amount").fill(amount)
    page.get_by_label("Reason for the refund").select_option("Other")
    page.get_by_label("Street").fill("1 Main Street")
    page.get_by_label("City").fill("Macon")
    page.get_by_label("State").select_option("Georgia")
    page.get_by_label("ZIP").fill("31201")


@pytest.mark.parametrize(("width", "script"), [(1440, True), (390, False)])
def test_from_asking_to_the_money_going_back(open_as, rosa, olga, settled, width, script):
    page = open_as(rosa, width=width, script=script)
    page.goto(reverse("outbound"))
    page.get_by_role("link", name="Request a Refund").click()
    if script:
        assert complaints(page) == []
    page.get_by_role("main").get_by_role("link", name="Request a Refund").click()
    fill(page, "5000.00")
    page.get_by_label("Upload Document").set_input_files([as_file("bill.pdf")])
    page.get_by_role("button", name="Request Refund").click()
    expect(page.get_by_role("alert")).to_contain_text(f"You paid ${settled.total}")
    expect(page.get_by_role("alert")).to_contain_text("Say in the comments")
    expect(page.get_by_label("Street")).to_have_value("1 Main Street")
    expect(page.get_by_label("bill.pdf")).to_be_checked()
    if script:
        assert complaints(page) == []
    page.get_by_label("Requested Refund Amount").fill("10.00")
    page.get_by_label("Comments").fill("The same pages twice.")
    page.get_by_role("button", name="Request Refund").click()
    expect(page.get_by_text("7–10 business days").first).to_be_visible()
    expect(page.get_by_text("Refund request submitted")).to_be_visible()
    refund = Refund.objects.get()
    assert refund.documents.get().name == "bill.pdf"
    page.goto(reverse("outbound"))
    expect(page.get_by_text("Refund requested")).to_be_visible()
    if script:
        assert complaints(page) == []

    desk = open_as(SimpleNamespace(person=olga), script=script)
    desk.goto(reverse("admin:billing_refund_changelist") + "?queue=open")
    desk.get_by_role("link", name=str(refund)).click()
    desk.get_by_role("link", name="Approve").click()
    desk.get_by_label("Amount to refund").fill("4.00")
    desk.get_by_label("Explanation").fill("Half of the pages were doubles.")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_text(f"{refund} is approved.")).to_be_visible()
    run_due(kind="billing.pay_out")

    page = open_as(rosa, width=width, script=script)  # her session ended where olga's began
    page.goto(settled.record_request.get_absolute_url())
    expect(page.get_by_text("$4.00 went back to Visa")).to_be_visible()
    expect(page.get_by_text("Half of the pages were doubles.")).to_be_visible()
    if script:
        assert complaints(page) == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_sticks_out(open_as, rosa, settled, width):
    page = open_as(rosa, width=width)
    form = reverse("request_refund", args=[settled.record_request.public_id, settled.pk])
    for address in (reverse("refunds"), form):
        page.goto(address)
        assert overflows(page) == []
