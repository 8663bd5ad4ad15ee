"""Inbound and outbound lists: server time beside the plain view's, and the number of queries at both sizes."""

import re
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import clock
from bench.crowd import shared
from bench.figures import Figure
from bench.plain_queries import MIDDLE

MOST_TIMES, MOST_QUERIES = 2, 12
# `~` ends the key: the row in the middle of the list, whatever its id.
DEEP = f"{MIDDLE}~1"
CASES = [
    ("inbound", "Inbound, open requests", {}),
    ("inbound-states", "Inbound, three states", {"status": ["pending", "completed", "canceled"]}),
    ("inbound-name", "Inbound, a common name", {"q": "wri"}),
    ("inbound-rare", "Inbound, a rare name", {"q": "quill9"}),
    ("inbound-deep", "Inbound, all, deep page", {"status": ["all"], "after": DEEP}),
    ("outbound", "Outbound, all", {}),
    ("outbound-states", "Outbound, two states", {"status": ["incomplete", "completed"]}),
    ("outbound-name", "Outbound, a common name", {"q": "wri"}),
    (
        "outbound-advanced",
        "Outbound, advanced search",
        {"patient": "hill", "submitted_from": "06/01/2025", "submitted_to": "08/31/2025"},
    ),
    ("outbound-deep", "Outbound, deep page", {"after": DEEP}),
]


def measure(size):
    """Figures of both lists at `size.requests`."""
    connection.close()  # begin with a connection of its own, as a fresh process does
    crowd = shared()
    crowd.grow(min(100, size.requests))
    few = [_queries(*_pages(crowd, *case)[:1]) for case in CASES]
    crowd.grow(size.requests)
    figures = []
    for (name, label, query), before in zip(CASES, few, strict=True):
        mine, plain = _pages(crowd, name, label, query)
        _must_be_the_same(name, mine, plain)
        figures.append(_timed(label, mine, plain, size.rounds))
        figures.append(_counted(label, before, _queries(mine), size.requests))
    return figures


def _pages(crowd, name, _label, query):
    """Two functions that fetch a page by the whole handler, middleware and all: ours and the plain one."""
    path = reverse(name.split("-")[0]) + "?" + urlencode(query, doseq=True)
    client = Client()
    client.force_login((crowd.clara if path.startswith(reverse("inbound")) else crowd.rosa).person)

    def get(address):
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    return (lambda: get(path)), (lambda: get(f"/plain/{name}/"))


def _must_be_the_same(name, mine, plain):
    """The comparison means something only if both show the same requests in the same order."""
    shown = [
        one.replace("-", "") for one in re.findall(r'class="num nowrap" href="[^"]*">([\d-]+)</a>', mine())
    ]
    wanted = re.findall(r"<tr><td>(\d{10})</td>", plain())
    assert shown == wanted, (name, shown, wanted)


def _timed(label, mine, plain, rounds):
    ours, theirs = clock.in_turns(mine, plain, rounds=rounds)
    times = clock.p95(ours) / clock.p95(theirs)
    return Figure(
        f"{label}: p50 / p95",
        f"{clock.p50(ours):.1f} / {clock.p95(ours):.1f} ms ({times:.1f} ×)",
        f"{clock.p50(theirs):.1f} / {clock.p95(theirs):.1f} ms",
        f"p95 at most {MOST_TIMES} ×",
        times <= MOST_TIMES,
    )


def _queries(page):
    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured)


def _counted(label, few, many, size):
    holds = few == many <= MOST_QUERIES
    return Figure(
        f"{label}: queries",
        f"{few} at 100, {many} at {size:,}",
        "",
        f"the same, at most {MOST_QUERIES}",
        holds,
    )
