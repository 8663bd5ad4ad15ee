import re

import pytest
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from django.core.cache import cache
from django.urls import reverse

from correspondence.models import Notice
from outbox.queue import run_due

ADA = {
    "first_name": "Ada",
    "last_name": "Brook",
    "email": "ada@example.test",
    "verify_by": "email",
    "password1": "green kettle by the window",
    "password2": "green kettle by the window",
    "agreement": "on",
}
BY_TEXT = {"verify_by": "text", "phone": "(602) 555-0143"}
PHONE = "+16025550143"
EMAIL_PAGE, TEXT_PAGE = "/account/confirm-email/", "/account/phone/verify/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def minutes_later(monkeypatch):
    """`minutes_later(2)` turns the clock of codes and of what is counted."""
    import time

    now, ahead = time.time, [0]
    monkeypatch.setattr("time.time", lambda: now() + ahead[0])

    def turn(minutes):
        ahead[0] += minutes * 60

    return turn


def sign_up(browser, who="patient", after="", **said):
    """Post the form as `who`; `said` changes what Ada types."""
    address = f"{reverse('account_signup')}?as={who}"
    return browser.post(address, ADA | said | ({"next": after} if after else {}))


def code_of(browser):
    """The code this browser waits for, as the server keeps it."""
    session = browser.session
    if EMAIL_VERIFICATION_CODE_SESSION_KEY in session:
        return session[EMAIL_VERIFICATION_CODE_SESSION_KEY]["code"]
    return session["account_login"]["state"]["stages"]["verify_phone"]["data"]["code"]


def wrong(code):
    return "000000" if code != "000000" else "111111"


def confirm(browser, code=None, page=EMAIL_PAGE):
    return browser.post(page, {"code": code or code_of(browser)})


def sent():
    """What was owed, as (event, address), oldest first."""
    return list(Notice.objects.order_by("id").values_list("event", "address"))


def letters(mailoutbox):
    run_due()
    return mailoutbox


def six_digits(text):
    return re.search(r"\b[0-9]{6}\b", text)[0]
