import re
import time

import pytest
from django.urls import reverse

from accounts.idle.clock import SEEN_AT


@pytest.fixture
def away():
    """`away(browser, 901)`: its last click was that many seconds ago."""

    def gone(browser, seconds):
        session = browser.session
        session[SEEN_AT] = time.time() - seconds
        session.save()
        return browser

    return gone


@pytest.fixture
def message(pending):
    """Where a message of a request is posted, and one."""
    return reverse("post_message", args=[pending.public_id]), {
        "body": "Please send the pages of June as well."
    }


def said(browser):
    """What the sign-in page says of why one is there; nothing to whoever just comes."""
    html = browser.get("/account/login/").content.decode()
    return " ".join(re.search(r'class="note[^>]*role="status">(.*?)</p>', html, re.DOTALL).group(1).split())
