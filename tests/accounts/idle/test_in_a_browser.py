"""The warning in Chromium, with limits of seconds: two tabs, a draft, and what was typed sent after all."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from accounts.idle.clock import SEEN_AT
from correspondence.models import Message
from tests.cast import PASSWORD
from tests.looking import complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seconds(settings):
    """`seconds(limit, warning)` sets both for this test."""

    def set_to(limit, warning):
        settings.IDLE_PROFESSIONAL, settings.IDLE_WARNING = limit, warning

    return set_to


@pytest.fixture
def browser_of(chromium, live_server):
    """`browser_of(rosa)` is a browser with her session: open pages in it by `new_page()`."""
    contexts = []

    def opened(member):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
        contexts.append(context)
        client = Client()
        client.force_login(member.person)
        key = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        context.set_default_timeout(15_000)
        return context

    yield opened
    for context in contexts:
        context.close()


def tab(context, address):
    page = context.new_page()
    page.goto(address)
    return page


def warning(page):
    return page.get_by_role("alertdialog", name="Are you still there?")


def verified(member):
    member.person.emailaddress_set.create(email=member.person.email, verified=True, primary=True)


def test_the_warning_counts_down_and_one_click_stays(seconds, browser_of, rosa):
    seconds(6, 4)
    page = tab(browser_of(rosa), "/outbound/")
    expect(warning(page)).to_be_visible(timeout=15_000)
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text("0:03")
    assert complaints(page) == []
    stay.click()
    expect(warning(page)).to_be_hidden()
    page.reload()
    expect(page).to_have_url(page.url.split("/outbound")[0] + "/outbound/")


def test_escape_stays_too(seconds, browser_of, rosa):
    seconds(6, 4)
    page = tab(browser_of(rosa), "/outbound/")
    expect(warning(page)).to_be_visible(timeout=15_000)
    before = Session.objects.get().get_decoded()[SEEN_AT]
    page.keyboard.press("Escape")
    expect(warning(page)).to_be_hidden()
    assert Session.objects.get().get_decoded()[SEEN_AT] > before + 1


def test_sign_out_now(seconds, browser_of, rosa):
    seconds(60, 58)
    page = tab(browser_of(rosa), "/outbound/")
    page.get_by_role("button", name="Sign out now").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=20_000)


def test_who_types_without_sending_is_not_warned(seconds, browser_of, rosa, pending):
    seconds(6, 3)
    page = tab(browser_of(rosa), pending.get_absolute_url())
    box = page.locator("textarea[name=body]")
    for word in range(9):
        box.press_sequentially(f"word{word} ")
        page.wait_for_timeout(900)
        assert not warning(page).is_visible()


def test_no_tab_is_signed_out_while_another_is_used(seconds, browser_of, rosa):
    seconds(6, 4)
    context = browser_of(rosa)
    still, used = tab(context, "/outbound/"), tab(context, "/outbound/")
    expect(warning(still)).to_be_visible(timeout=15_000)
    used.reload()
    expect(warning(still)).to_be_hidden()
    expect(warning(still)).to_be_visible(timeout=15_000)
    warning(used).get_by_role("button", name="Stay signed in").click()
    expect(warning(still)).to_be_hidden()


def test_at_the_end_every_tab_leaves_and_what_was_typed_is_sent_after_signing_in(
    seconds, browser_of, rosa, pending
):
    verified(rosa)
    seconds(5, 3)
    context = browser_of(rosa)
    writing, reading = tab(context, pending.get_absolute_url()), tab(context, "/outbound/")
    writing.locator("textarea[name=body]").press_sequentially("Please send June too, all of it.")
    for page in (writing, reading):
        expect(page.get_by_text("You were signed out after 1 minute without a click.")).to_be_visible(
            timeout=20_000
        )
    assert Message.objects.count() == 0
    seconds(900, 120)
    writing.get_by_label("Email").fill(rosa.person.email)
    writing.get_by_label("Password").fill(PASSWORD)
    writing.get_by_role("button", name="Sign in", exact=True).click()
    expect(writing.get_by_role("heading", name="You were signed out while sending this")).to_be_visible()
    assert complaints(writing) == []
    expect(writing.get_by_text("Please send June too, all of it.")).to_be_visible()
    writing.get_by_role("button", name="Send it now").click()
    expect(writing.get_by_text("Please send June too, all of it.")).to_be_visible()
    assert Message.objects.get().body == "Please send June too, all of it."


def test_a_draft_that_saves_itself_is_saved_before_leaving(seconds, browser_of, rosa, draft):
    """What was typed in the last moment, and what an autosave failed to bring over."""
    seconds(6, 3)
    page = tab(browser_of(rosa), f"/new/{draft.batch_id}/case/")
    saves = []
    page.route("**/keep/**", lambda route: route.abort())
    page.locator("input[type=text]").first.press_sequentially("24-CV-9")
    page.wait_for_timeout(2600)
    page.unroute("**/keep/**")
    page.on("response", lambda answer: saves.append(answer.status) if "/keep/" in answer.url else None)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=20_000)
    assert saves == [204]


def test_without_a_connection_the_page_stays_and_tries_again(seconds, browser_of, rosa, pending):
    seconds(5, 3)
    page = tab(browser_of(rosa), pending.get_absolute_url())
    page.locator("textarea[name=body]").press_sequentially("Not lost when the line is down.")
    page.context.set_offline(True)
    expect(page.get_by_text("There is no connection to us at the moment.")).to_be_visible()
    expect(page.locator("textarea[name=body]")).to_have_value("Not lost when the line is down.")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=20_000)


def test_the_page_keeps_nothing_in_the_browser(seconds, browser_of, rosa):
    page = tab(browser_of(rosa), "/outbound/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"sessionid", "csrftoken", "sidebar"}
