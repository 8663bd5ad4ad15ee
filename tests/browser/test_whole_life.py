"""The main job from end to end, as people live it: a law firm asks, a practice releases, the money moves.

Once with all that a browser can do, once without script, paying by check.
"""

import io
import re

import pikepdf
import pypdfium2
import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from outbox.queue import run_due
from requests_app.models import RecordRequest, State
from tests import cast
from tests.billing import purse
from tests.documents import make
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
COVER = 1
LEFT_OUT = "This is page 2"


@pytest.fixture
def network(custodian, practice, clara):
    """Two practices; the first has a line on its checklist."""
    practice.checklist.create(text="Right patient?")
    other = cast.organization("Peachtree Radiology", "provider")
    cast.member("otto", other)
    return custodian, cast.custodian(other, name="Peachtree Radiology")


@pytest.fixture
def browser_of(chromium, live_server):
    """`browser_of(person, script)` signs in on the sign-in page and returns the dashboard; nothing may go wrong."""
    contexts, problems = [], []

    def signed_in(person, script):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1440, "height": 900},
            java_script_enabled=script,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("response", lambda one: problems.append(one.url) if one.status >= 500 else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto("/account/login/")
        page.get_by_label("Email").fill(person.email)
        page.get_by_label("Password").fill(cast.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if person.is_staff:
            page.locator("[name=code]").fill(cast.code_of(person))
            page.locator("[name=code]").press("Enter")
        return page

    cache.clear()
    yield signed_in
    for context in contexts:
        context.close()
    assert problems == []


def look(page, script):
    """No violation by axe, nothing wider than a phone or a narrow one."""
    if not script:
        return
    assert complaints(page) == []
    assert overflows(page, 390, 320) == []


def ask(page, script, paper):
    """The six steps, to both practices; returns when the IDs are shown."""
    page.get_by_role("link", name="Record Request").first.click()
    page.get_by_role("link", name="Start").click()
    page.get_by_label("First name").fill("Thomas")
    page.get_by_label("Last name").fill("Wright")
    page.get_by_label("Birth date").fill("11/02/1978")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tracking or case number").fill("24-CV-1187")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Facility or physician").fill("macon")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Select Lakeside").click()
    page.get_by_role("button", name="Select Peachtree").click()
    look(page, script)
    page.get_by_role("link", name="Continue").click()
    lakeside = page.locator("details", has_text="Lakeside Family Medicine")
    lakeside.get_by_label("Medical", exact=True).check()
    lakeside.get_by_label("All", exact=True).check()
    lakeside.get_by_role("button", name="Apply Selections to All Providers").click()
    look(page, script)
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("Electronic download").check()
    page.get_by_label("Litigation", exact=True).check()
    page.get_by_role("button", name="Continue", exact=True).click()
    first = page.locator("section.card", has_text="Lakeside Family Medicine").first
    first.get_by_label("Type of authorization").select_option("general")
    first.locator("input[type=file]").set_input_files(
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    first.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Use this authorization for all providers").click()
    look(page, script)
    page.get_by_role("link", name="Continue", exact=True).click()
    pay_by(page, script)
    page.get_by_role("button", name="Continue", exact=True).click()
    look(page, script)
    page.get_by_role("button", name="Review Request").click()
    look(page, script)
    page.get_by_role("link", name="Submit Request").click()
    page.get_by_role("button", name="Submit Request").click()
    expect(page.get_by_text("Your request has been submitted")).to_be_visible()
    look(page, script)


def pay_by(page, script):
    if not script:
        page.get_by_label("Check", exact=True).check()
        return
    page.get_by_label("Credit Card", exact=True).check()
    add_card(page, purse.DECLINED)
    look(page, script)
    page.get_by_label("Credit Card", exact=True).check()
    page.get_by_label("ending in 0341").check()


def add_card(page, number):
    page.get_by_role("link", name=re.compile("Add (New Credit )?Card")).first.click()
    expect(page.get_by_role("button", name="Save card")).to_be_enabled()
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Expiration").fill("1240")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("ZIP code").fill("30303")
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_text(f"ending in {number[-4:]} is saved.")).to_be_visible()


def send_back(page, script, address):
    page.goto("/inbound/")
    look(page, script)
    page.goto(address)
    look(page, script)
    page.get_by_role("link", name="Mark as Incomplete").click()
    page.get_by_label("Authorization is not signed").or_(
        page.get_by_label(re.compile("not signed"))
    ).first.check()
    page.get_by_role("button", name="Mark as Incomplete").click()
    expect(page.get_by_text("went back to its requestor")).to_be_visible()


def correct(page, script, address, paper):
    page.goto(address)
    look(page, script)
    page.goto(address.replace("/requests/", "/new/correct/"))
    page.get_by_label("Type of authorization").select_option("general")
    page.locator("input[type=file]").set_input_files(
        {"name": "signed-now.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    page.get_by_role("button", name="Replace authorization").click()
    expect(page.get_by_text("The new authorization is here")).to_be_visible()
    look(page, script)
    page.get_by_role("button", name="Resubmit").click()
    expect(page.get_by_text("Sent to Lakeside Family Medicine.")).to_be_visible()


def records():
    """Three pages of PDF that say their number, a scan as PNG, a fax of two pages as TIFF."""
    scans = [Image.new("L", (850, 1100), color) for color in (250, 235, 220)]
    png, tiff = io.BytesIO(), io.BytesIO()
    scans[0].save(png, "PNG")
    scans[1].save(tiff, "TIFF", save_all=True, append_images=scans[2:])
    return [
        {"name": "visit.pdf", "mimeType": "application/pdf", "buffer": make.pdf(3)},
        {"name": "scan.png", "mimeType": "image/png", "buffer": png.getvalue()},
        {"name": "fax.tif", "mimeType": "image/tiff", "buffer": tiff.getvalue()},
    ]


def review(page, script, address):
    """Page 2 is left out, page 3 is turned; by letters where there is script, else by buttons."""
    page.goto(address)
    page.locator("input[type=file]").set_input_files(records())
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("6 pages").first).to_be_visible()
    for one in RecordRequest.objects.get(public_id=address.split("/")[2]).pages.all():
        # One by one: SQLite in memory is shared between threads without waiting for one another's locks.
        page.request.get(reverse("page_thumbnail", args=[one.record_request.public_id, one.pk]))
    page.get_by_role("button", name="Begin the review").click()
    for number, letters in enumerate(["a", "x", "ra", "a", "a", "a"], 1):
        for letter in letters:
            expect(page.locator("main strong").first).to_have_text(f"Page {number} of 6")
            give(page, script, letter)
    expect(page.locator(".thumb.is-approved")).to_have_count(5)
    page.get_by_role("checkbox", name="Right patient?").click()
    expect(page.get_by_role("link", name="Finish QA and price")).to_be_visible()
    look(page, script)
    page.get_by_role("link", name="Finish QA and price").click()
    look(page, script)
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.get_by_text("is priced; the requestor was told")).to_be_visible()
    look(page, script)


def give(page, script, letter):
    if not script:
        page.locator(f"button[data-key={letter}]").click()
        return
    expect(page.locator("[data-page]")).not_to_have_js_property("naturalWidth", 0)
    page.keyboard.press(letter)
    if letter == "r":
        expect(page.locator(".sheet")).to_have_class("sheet turn-90")


def pay_by_card(page, address):
    page.goto(f"{address}pay/")
    look(page, True)
    page.get_by_label("•••• 0341").check()
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_role("alert")).to_contain_text("declined")
    add_card(page, purse.GOOD)
    page.get_by_label("•••• 4242").check()
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_text("Paid. The records are being put together.")).to_be_visible()


def record_check(page, invoice):
    """Ops open the envelope and write the check down in the admin."""
    page.goto(reverse("admin:billing_checkpayment_add"))
    page.locator("[name=invoice_number]").fill(invoice.number)
    page.locator("[name=number]").fill("1042")
    page.locator("[name=amount]").fill(str(invoice.total))
    page.locator("[name=dated_on]").fill("01/15/2024")
    page.locator("[name=_save]").click()
    expect(page.get_by_text("The invoice is settled.")).to_be_visible()


def download(page, script, address):
    """The release, as the firm gets it."""
    page.goto(address)
    look(page, script)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download All").click()
    return taken.value.path().read_bytes()


@SCRIPT
def test_a_request_is_asked_for_released_and_paid(script, browser_of, network, rosa, clara, olga):
    firm, practice = browser_of(rosa.person, script), browser_of(clara.person, script)
    look(firm, script)
    look(practice, script)
    ask(firm, script, make.pdf(1))
    lakeside = RecordRequest.objects.get(custodian=network[0])
    assert RecordRequest.objects.filter(state=State.PENDING).count() == 2
    address = lakeside.get_absolute_url()
    send_back(practice, script, address)
    correct(firm, script, address, make.pdf(2))
    review(practice, script, address)
    if script:
        pay_by_card(firm, address)
    else:
        firm.goto(f"{address}pay/")
        expect(firm.get_by_text("PO BOX 931035")).to_be_visible()
        record_check(browser_of(olga, script), lakeside.invoices.get())
    run_due()
    released = download(firm, script, address)
    with pikepdf.open(io.BytesIO(released)) as pdf:
        assert len(pdf.pages) == 5 + COVER
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(io.BytesIO(released)))
    assert "This is page 1" in text
    assert LEFT_OUT not in text
    firm.goto(f"{address}?activity=all")
    for told in ("downloaded", "paid", "incomplete"):
        expect(firm.locator("aside")).to_contain_text(re.compile(told, re.I))
    lakeside.refresh_from_db()
    assert lakeside.state == State.COMPLETED
    said = io.StringIO()
    call_command("check_invariants", stdout=said)
    assert re.search(r"\b0 violations", said.getvalue())
