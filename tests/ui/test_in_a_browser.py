"""Every component in Chromium: axe, widths from 320 px, without script, keyboard, bytes of the first view."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from tests.looking import complaints, overflows
from tests.ui import urls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/kitchen/", "/kitchen/?said", "/kitchen/confirm/", "/kitchen/qa/"]
ENTRANCES = ["/account/login/", "/account/password/reset/", "/no-such-page/", "/kitchen/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_has_no_complaint(screen, rosa, address, width):
    assert complaints(screen(address, width=width, as_=rosa)) == []


@pytest.mark.parametrize("address", ENTRANCES)
def test_axe_has_no_complaint_before_signing_in(screen, address):
    assert complaints(screen(address, width=390)) == []


def test_axe_has_no_complaint_about_errors(screen, rosa):
    page = screen("/kitchen/", as_=rosa)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert complaints(page) == []


@pytest.mark.parametrize("address", [*PAGES, "/account/login/"])
def test_nothing_sticks_out(screen, rosa, address):
    page = screen(address, as_=None if "account" in address else rosa)
    assert overflows(page, 320, 390, 768, 1024, 1440) == []


def test_the_menu_opens_on_a_phone_without_script(screen, rosa):
    page = screen("/kitchen/", width=390, as_=rosa, script=False)
    expect(page.get_by_role("link", name="Outbound")).to_have_count(1)  # the crumb; the sidebar is away
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Outbound")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_the_sidebar_closes_with_and_without_script(screen, rosa):
    for script in (False, True):
        page = screen("/kitchen/", as_=rosa, script=script)
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("button", name="Open")).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.goto(page.url)
        expect(page.get_by_role("button", name="Open")).to_be_visible()
        page.get_by_role("button", name="Open").click()
        page.wait_for_load_state("networkidle")


def test_a_question_is_a_dialog_with_script_and_a_page_without(screen, rosa):
    page = screen("/kitchen/", as_=rosa)
    page.get_by_role("link", name="Abandon Request").click()
    expect(page.get_by_role("dialog", name="Abandon this request?")).to_be_visible()
    page.get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Abandon Request")).to_be_focused()
    page = screen("/kitchen/", as_=rosa, script=False)
    page.get_by_role("link", name="Abandon Request").click()
    expect(page).to_have_url(page.url.split("/kitchen/")[0] + "/kitchen/confirm/")


def fill(page):
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Birth date").fill("03/14/1961")
    page.get_by_label("State").select_option("GA")
    for choice in ("All", "Check", "Medical", "I approve the estimate"):
        page.get_by_label(choice, exact=True).check()


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_sent_and_the_message_arrives(screen, rosa, tmp_path, script):
    page = screen("/kitchen/", as_=rosa, script=script)
    fill(page)
    (tmp_path / "signed.pdf").write_bytes(b"%PDF-1.4" + bytes(200_000))
    page.get_by_label("Authorization").set_input_files(tmp_path / "signed.pdf")
    if script:
        expect(page.get_by_text("signed.pdf · 200 KB")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("All saved.")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_value("")


def test_a_dropped_file_is_taken(screen, rosa):
    page = screen("/kitchen/", as_=rosa)
    dropped = page.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['x'], 'photo.png')); return all; }"
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("photo.png · 1 KB")).to_be_visible()
    assert page.evaluate("document.querySelector('[type=file]').files.length") == 1


def test_a_draft_saves_itself(screen, rosa):
    urls.saved.clear()
    page = screen("/kitchen/", as_=rosa)
    page.get_by_label("First name").press_sequentially("Ann")
    expect(page.get_by_text("Saved")).to_be_visible(timeout=10_000)
    assert [draft["name"] for draft in urls.saved] == ["Ann"]


def test_a_double_click_sends_once(screen, rosa):
    sent = []
    page = screen("/kitchen/", as_=rosa)
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.get_by_role("button", name="Continue").dblclick()
    expect(page.get_by_role("alert")).to_be_visible()
    assert sent == ["POST"]


def test_a_link_is_copied(screen, rosa):
    page = screen("/kitchen/", as_=rosa)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.test/s/abc"


def test_the_skip_link_comes_first(screen, rosa):
    page = screen("/kitchen/", as_=rosa)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_everything_to_click_is_large_enough(screen, rosa):
    page = screen("/kitchen/", width=390, as_=rosa)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input, select")]
            .filter((one) => one.checkVisibility() && !one.closest("p, dd, .crumbs, .skip, header"))
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 24 || box.width < 24) && box.width > 1)
            .map(([html]) => html)"""
    )
    assert [html for html in small if "checkbox" not in html and "radio" not in html] == []


def test_the_page_obeys_its_own_policy(screen, rosa):
    errors = []
    page = screen("/kitchen/", as_=rosa)
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.reload()
    assert errors == []


def test_style_and_script_stay_light():
    files = ["css/site.css", "css/qa.css", "js/site.js", "js/htmx-csrf.js", "django_htmx/htmx-2.min.js"]
    weights = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files}
    assert weights["css/site.css"] + weights["css/qa.css"] <= 20 * 1024
    assert weights["js/site.js"] <= 10 * 1024
    assert sum(weights.values()) <= 60 * 1024
    assert (django_settings.BASE_DIR / "static/css/site.css").exists()
