"""Statements, receivables, tariffs and differences in Chromium: read, change the period, close; nothing for axe."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from billing.models import BankDay, Difference, Invoice, Tariff
from chartrequest.days import business_day
from tests import cast
from tests.billing import books
from tests.billing.books import booked
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
WIDTHS = [1440, 390]


@pytest.fixture
def browse(chromium, live_server):
    """`browse(person, width)` is a browser in which that person has just signed in."""
    contexts = []

    def opened(person, width, *, script=True):
        client = Client()
        client.force_login(person)
        client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def history(rosa, custodian, olga):
    """Two invoices of this month: one paid and partly refunded, one open and late."""
    day = business_day()
    begun = day - timedelta(days=40)
    paid = books.invoiced(rosa, custodian, "64.38", day=str(begun), due_on=str(day))
    books.paid_by_check(paid, "64.38", by=olga, day=str(begun + timedelta(days=5)))
    booked(
        "refund-check:1",
        {"refunds": "10.00", "bank_check": "-10.00"},
        paid,
        day=str(begun + timedelta(days=9)),
    )
    late = day - timedelta(days=3)
    open_ = books.invoiced(rosa, custodian, "1234.50", day=str(begun + timedelta(days=1)), due_on=str(late))
    query = f"?begins_on={begun:%m/%d/%Y}&ends_on={day:%m/%d/%Y}"
    return query, paid, open_


@pytest.mark.parametrize("width", WIDTHS)
def test_a_firm_reads_its_statement(browse, rosa, history, width):
    query, _paid, _open = history
    page = browse(rosa.person, width)
    page.goto(reverse("my_organization"))
    page.get_by_role("link", name="Open statements").click()
    expect(page.get_by_role("heading", name="Statements")).to_be_visible()
    page.goto(reverse("statements") + query)
    expect(page.get_by_text("$10.00 was paid back")).to_be_visible()
    expect(page.get_by_text("3 days late", exact=False).first).to_be_visible()
    assert complaints(page) == []
    assert overflows(page) == []
    with page.expect_download() as paper:
        page.get_by_role("link", name="Download PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("script", [True, False])
def test_a_period_that_is_none_is_corrected_by_keyboard(browse, rosa, history, script):
    page = browse(rosa.person, 390, script=script)
    page.goto(reverse("statements"))
    page.get_by_label("From").fill("13/45/2026")
    page.get_by_label("From").press("Enter")
    expect(page.get_by_label("From")).to_have_value("13/45/2026")
    expect(page.get_by_text("13/45/2026 is not a date. Use MM/DD/YYYY.").first).to_be_visible()
    if script:
        assert complaints(page) == []
    page.get_by_label("From").fill("01/01/2026")
    page.get_by_label("From").press("Enter")
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_ops_read_receivables_and_a_statement(browse, olga, history, width):
    query, _paid, open_ = history
    page = browse(olga, width)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Invoices past their due day").click()
    expect(page.get_by_role("heading", name="Receivables")).to_be_visible()
    assert complaints(page) == []
    assert overflows(page) == []
    page.get_by_role("link", name="Smith Law").click()
    page.wait_for_url("**/statements/**")
    page.goto(page.url + query)
    expect(page.get_by_role("link", name=open_.number)).to_be_visible()
    assert complaints(page) == []
    assert overflows(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_ops_close_a_difference(browse, olga, width):
    BankDay.objects.create(
        day=business_day() - timedelta(days=2), problem="UnknownOutcome: APIConnectionError"
    )
    Difference.objects.create(
        day=business_day() - timedelta(days=1),
        kind=Difference.Kind.NOT_OURS,
        reference="charge:ch_1",
        theirs=Decimal("20.00"),
        currency="usd",
        seen_at=timezone.now(),
    )
    page = browse(olga, width)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Differences with the bank", exact=True).first.click()
    expect(page.get_by_role("link", name="charge:ch_1")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name="charge:ch_1").click()
    expect(page.get_by_text("Nobody here made this")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name="Close with a sentence").click()
    expect(page.get_by_label("What was done")).to_be_visible()
    assert complaints(page) == []
    page.get_by_label("What was done").fill("Paid back at the bank.")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("charge:ch_1 is closed.")).to_be_visible()
    page.goto(reverse("admin:billing_bankday_changelist"))
    assert complaints(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_ops_make_the_next_tariff(browse, olga, width):
    page = browse(olga, width)
    page.goto(reverse("admin:billing_tariff_add"))
    assert complaints(page) == []
    page.get_by_label("Reopening").fill("15,00")
    page.get_by_label("In force from").fill(f"{business_day() + timedelta(days=30):%m/%d/%Y}")
    page.get_by_label("What changed").fill("The agreement of next year")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("15,00 is not an amount")).to_be_visible()
    page.get_by_label("Reopening").fill("15.00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/tariff/")
    page.wait_for_load_state()
    assert Tariff.objects.first().reopening == Decimal("15.00")
    assert complaints(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_abandoning_costs_is_itemised(browse, rosa, clara, pending, width):
    pending.mark_incomplete(by=clara, reason="illegible")
    pending.resubmit(by=rosa)
    pending.mark_incomplete(by=clara, reason="illegible")
    page = browse(rosa.person, width)
    page.goto(reverse("abandon_request", args=[pending.public_id]))
    expect(page.get_by_text("2 × $4.95")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Abandon Request for $62.85").click()
    page.wait_for_url(f"**{pending.get_absolute_url()}")
    assert Invoice.objects.get().total == Decimal("62.85")
