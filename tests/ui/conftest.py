from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture
def kitchen(settings):
    """The product plus the pages of tests/ui/urls.py."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    ours = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**ours, "DIRS": [*ours["DIRS"], Path(__file__).parent / "templates"]}]


@pytest.fixture
def screen(chromium, kitchen, live_server):
    """`screen(address, width=390, as_=rosa, script=False)` is that page in a browser of its own."""
    contexts = []

    def opened(address, width=1440, as_=None, script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        if as_:
            client = Client()
            client.force_login(as_.person)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
