"""Clara invites a colleague, who comes in by the letter in the tray; and assigns permissions. In Chromium."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Invitation, JoinRequest, Member
from outbox.queue import run_due
from tests import cast
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
PASSWORD = "green kettle by the window"


@pytest.fixture
def browse(chromium, live_server, settings):
    """`browse(address, as_=clara, sure=True)` is that page in a browser of its own, signed in just now."""
    cache.clear()
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"
    contexts, broken = [], []

    def opened(address, *, as_=None, sure=False, width=1440, script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        if as_:
            client = Client()
            client.force_login(as_.person)
            if sure:
                client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("console", lambda said: broken.append(said.text) if "Content Security" in said.text else None)
        page.set_default_timeout(15_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert broken == []


def look(page, *, script=True):
    """No complaint of axe's (it is a script itself), nothing that sticks out; at 320 px neither."""
    if script:
        assert complaints(page) == []
    assert overflows(page, page.viewport_size["width"], 320) == []


def confirm_who_one_is(page):
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def invite_hana(page):
    """From the menu under her name to the letter."""
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="My Organization").click()
    page.get_by_role("link", name="Invite Your Colleagues").click()
    confirm_who_one_is(page)
    page.get_by_label("Name").fill("Hana Noor")
    page.get_by_label("Email").fill("hana@example.test")
    page.get_by_label("Role").select_option("Front Desk")
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text("on its way to hana@example.test")).to_be_visible()
    run_due(kind="correspondence.send")


def sign_up(page):
    page.get_by_role("link", name="Sign up").click()
    expect(page.get_by_label("Email")).to_be_disabled()
    expect(page.get_by_label("First name")).to_have_value("Hana")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_label("I accept the agreement.").check()
    page.locator("form.form").get_by_role("button", name="Sign up").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_colleague_comes_in_by_the_letter(browse, practice, clara, script):
    hers = browse("/", as_=clara, script=script)
    invite_hana(hers)
    look(hers, script=script)
    his = browse("/sandbox/", width=390, script=script)
    his.get_by_role("link", name="/invitation/").first.click()
    expect(his.get_by_role("heading", name="You are invited")).to_be_visible()
    assert his.url.endswith("/invitation/")  # no token in the address of a page with a form
    look(his, script=script)
    sign_up(his)
    his.get_by_role("button", name="Accept").click()
    member = Member.objects.get(person__email="hana@example.test")
    assert (member.organization, member.role.name) == (practice, "Front Desk")
    expect(his.get_by_text("You belong to Lakeside Family Medicine now.")).to_be_visible()
    expect(his.get_by_label("What is your role?")).to_be_visible()  # the survey comes first
    hers.goto(reverse("members"))
    expect(hers.get_by_role("cell", name="Hana Noor hana@example.test")).to_be_visible()
    his.goto("/sandbox/")
    his.get_by_role("link", name="/invitation/").first.click()
    expect(his.get_by_role("heading", name="You have accepted")).to_be_visible()
    look(his, script=script)


def beside(page):
    """The sidebar."""
    return page.get_by_role("navigation", name="Main")


def switch(page, permission, role):
    return page.get_by_role("switch", name=f"{permission}, {role}", exact=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_permission_is_cleared_and_the_next_click_knows(browse, clara, fred, script):
    his = browse("/", as_=fred, script=script)
    beside(his).get_by_role("link", name="Inbound", exact=True).click()
    hers = browse(reverse("assign_permissions"), as_=clara, sure=True, script=script)
    cell = switch(hers, "View requests", "Front Desk")
    expect(cell).to_be_checked()
    cell.focus()
    hers.keyboard.press("Space")
    expect(cell).not_to_be_checked()
    if script:
        expect(cell).to_be_focused()
        assert hers.url.endswith(reverse("assign_permissions"))
    look(hers, script=script)
    answer = his.reload()
    assert answer.status == 403
    his.goto("/")
    expect(beside(his).get_by_role("link", name="Inbound", exact=True)).to_have_count(0)
    hers.goto(reverse("organization_activity"))
    expect(hers.get_by_text("took the permission “View requests” from Front Desk")).to_be_visible()
    look(hers, script=script)


def test_a_description_shows_by_pointer_and_by_focus_and_goes_by_escape(browse, clara):
    page = browse(reverse("assign_permissions"), as_=clara, sure=True)
    name, tip = page.get_by_role("button", name="Price", exact=True), page.locator("#about-price")
    expect(tip).to_be_hidden()
    name.hover()
    expect(tip).to_be_visible()
    tip.hover()  # the pointer may go onto it
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(0, 0)
    name.focus()
    expect(tip).to_be_visible()
    look(page)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(name).to_be_focused()
    page.mouse.move(300, 300)  # a hand that only touches the mouse asks for nothing
    expect(tip).to_be_hidden()
    page.get_by_role("button", name="Approve release", exact=True).focus()
    expect(page.locator("#about-approve_release")).to_be_visible()  # it was not sent away
    page.mouse.move(0, 0)
    name.focus()
    expect(tip).to_be_visible()


def test_what_is_fixed_says_why(browse, clara):
    page = browse(reverse("assign_permissions"), as_=clara, sure=True)
    fixed = switch(page, "Manage users", "Administrator")
    expect(fixed).to_be_disabled()
    fixed.focus()
    expect(page.get_by_text("Administrators always keep this").first).to_be_visible()


def test_on_a_phone_the_table_is_read_role_by_role(browse, clara):
    page = browse(reverse("assign_permissions"), as_=clara, sure=True, width=390, script=False)
    expect(switch(page, "Price", "Front Desk")).to_be_hidden()
    page.get_by_role("link", name="Front Desk").click()
    expect(page.get_by_text("Upload records to a request")).to_be_visible()
    switch(page, "Price", "Front Desk").click()
    expect(switch(page, "Price", "Front Desk")).to_be_checked()
    expect(switch(page, "Price", "Administrator")).to_be_hidden()


def test_who_was_signed_out_meanwhile_signs_in_and_is_back_at_the_table(browse, clara):
    page = browse(reverse("assign_permissions"), as_=clara, sure=True)
    page.context.clear_cookies()
    switch(page, "Price", "Front Desk").click()
    page.wait_for_url("**/account/login/**")
    page.get_by_label("Email").fill(clara.person.email)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_every_page_is_fine(browse, practice, clara, dora):
    invitation = Invitation.send(
        practice,
        name="Hana Noor",
        email="hana@example.test",
        role=practice.roles.get(name="Front Desk"),
        by=clara,
    )
    asked = JoinRequest.ask(cast.person("ivan"), practice)
    page = browse(reverse("my_organization"), as_=clara, sure=True, width=390)
    addresses = [
        *(reverse(name) for name in ("my_organization", "organization_edit", "members", "member_invite")),
        *(reverse(name) for name in ("two_step_require", "organization_activity", "assign_permissions")),
        *(reverse(name, args=[dora.pk]) for name in ("member_role", "member_remove")),
        *(reverse(name, args=[asked.pk]) for name in ("join_accept", "join_decline")),
        reverse("invitation_revoke", args=[invitation.pk]),
        reverse("member_remove", args=[clara.pk]),
    ]
    for address in addresses:
        assert page.goto(address).status == 200
        look(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(reverse("members"))
    look(page)
    page.get_by_role("link", name=re.compile("Remove.*Dora")).click()
    expect(page.get_by_role("dialog", name="Remove member")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Dora Example is no longer a member.")).to_be_visible()
