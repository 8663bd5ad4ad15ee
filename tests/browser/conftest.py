"""What the browser's tests of money share: the invoice and the card of billing's, and a page signed in."""

import pytest

from tests.billing import purse
from tests.billing.conftest import card, invoice, priced, quote  # noqa: F401  (fixtures)


@pytest.fixture
def open_as(chromium, live_server, client):
    """`open_as(rosa)` is a page of rosa's browser; at the end no policy was broken."""
    contexts, problems = [], []

    def opened(member, *, width=1440, script=True):
        purse.sign_in(client, member)
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, base_url=live_server.url, java_script_enabled=script)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console", lambda said: problems.append(said.text) if "Content Security" in said.text else None
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
