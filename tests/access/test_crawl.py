"""Each person follows every link from their first page on: no error, no name in an address or a title."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from tests.access import looking
from tests.access.world import NAMES

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
LINKS = re.compile(r'\s(?:href|action|src|hx-get|hx-post|data-url|formaction)="([^"]*)"')
ELSEWHERE = ("/static/", "/account/logout/", "/sandbox/", "/ops/")
MOST = 160


def links(text, address):
    for link in LINKS.findall(text):
        at = urlsplit(urljoin(address, unescape(link)))
        if at.netloc == "testserver" and not at.path.startswith(ELSEWHERE):
            yield at.path + (f"?{at.query}" if at.query else "")


def shape(address):
    """Addresses that differ only in the object, or in how a list is filtered, are of one shape."""
    path, _, query = address.partition("?")
    return re.sub(r"[0-9a-f-]{4,}|\d+", "#", path), tuple(sorted(re.findall(r"(\w+)=", query)))


def crawl(browser):
    """`(address, answer, text)` of each page reached by links, at most three of each shape."""
    waiting, seen, counts = ["http://testserver/"], set(), {}
    while waiting and len(seen) < MOST:
        address = urljoin("http://testserver", waiting.pop(0))
        if address in seen or counts.get(shape(address), 0) == 3:
            continue
        seen.add(address)
        counts[shape(address)] = counts.get(shape(address), 0) + 1
        answer = browser.get(address.removeprefix("http://testserver"))
        text = looking.body(answer).decode(errors="replace")
        yield address, answer, text
        if answer.status_code == 302:
            waiting.append(urljoin(address, answer["Location"]))
        if "html" in answer["Content-Type"]:
            waiting += [urljoin(address, link) for link in links(text, address)]


@pytest.mark.parametrize(
    "person", ["anonymous", "rosa", "pat", "clara", "dora", "fred", "rita", "link_signed"]
)
def test_a_walk_along_all_links(world, person):
    pages = 0
    for address, answer, text in crawl(world.browsers[person]):
        pages += 1
        assert answer.status_code in (200, 302, 404, 405, 422), (address, answer.status_code)
        title = text.partition("<title>")[2].partition("</title>")[0]
        places = [address, title, answer.get("Location", ""), *links(text, address)]
        assert not [place for place in places if any(name.lower() in place.lower() for name in NAMES)]
        assert "no-store" in answer["Cache-Control"]
    assert pages > 2


@pytest.mark.parametrize("person", ["rosa", "clara", "fred", "dora"])
def test_no_link_leads_to_a_page_that_says_no(world, person):
    """What one may not open isn't offered."""
    refused = [
        (address, answer.status_code)
        for address, answer, _ in crawl(world.browsers[person])
        if answer.status_code in (403, 404)
    ]
    assert refused == []
