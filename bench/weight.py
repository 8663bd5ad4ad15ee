"""What a first look at each screen loads (CSS and script, compressed), and whether anything on it moves.

The screens are found, not listed: every address of the product that shows a page to somebody of the cast.
"""

import os
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from playwright.sync_api import sync_playwright

from bench import web
from bench.figures import Figure
from bench.lives import STATES, Lives
from tests import cast
from tests.chromium import OPTIONS

MOST_KB = 60
WIDTHS = (1440, 390)
# Not screens: files, pictures, the bank's own counter, the framework's own pages for ops.
SKIPPED = (
    "admin:",
    "bank",
    "elements",
    "healthz",
    "export",
    "picture",
    "thumbnail",
    "file",
    "receipt",
    "invoice",
)
WATCH_MOVES = """
    window.moves = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moves.push(entry.value);
    }).observe({type: "layout-shift", buffered: true});
"""
INLINE = (
    "Array.from(document.querySelectorAll('style, script:not([src])'), one => one.textContent).join('\\n')"
)


def measure(size):
    lives = Lives("weight")
    requests = {state: lives.request_in(state) for state in (STATES if size.rounds > 10 else ["draft", "qa"])}
    patient = cast.member("weight-pat", cast.organization("Pat Example", "household"))
    people = {"anonymous": None, "firm": lives.rosa, "practice": lives.clara, "patient": patient}
    screens = _screens(people, requests)
    if size.rounds <= 10:
        screens = screens[::8]
    connection.close()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread
    with web.serving() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        looks = [_look(chromium, server, people[who], path) for who, path in screens]
        chromium.close()
    return _figures(screens, looks)


def _figures(screens, looks):
    worst = {kind: max(zip(looks, screens, strict=True), key=lambda one: one[0][kind]) for kind in looks[0]}
    figures = []
    for kind, words in (("brotli", "CSS and script, brotli"), ("gzip", "CSS and script, gzip")):
        look, (who, path) = worst[kind]
        figures.append(
            Figure(
                f"{words}: heaviest of {len(screens)} screens",
                f"{look[kind] / 1000:.1f} KB ({who}, {_shape(path)})",
                "",
                f"at most {MOST_KB} KB",
                look[kind] <= MOST_KB * 1000,
            )
        )
    look, (who, path) = worst["moved"]
    where = f" ({who}, {_shape(path)})" if look["moved"] else ""
    widths = " and ".join(map(str, WIDTHS))
    figures.append(
        Figure(
            f"Layout shift at {widths} px: worst",
            f"{look['moved']:.4f}{where}",
            "",
            "none",
            not look["moved"],
        )
    )
    return figures


def _shape(path):
    """An address without its ids."""
    return "/".join("…" if any(one.isdigit() for one in part) else part for part in path.split("/"))


def _screens(people, requests):
    """`(who, path)` of every page that is answered with HTML, each path once for each kind of person."""
    found = []
    paths = sorted({path for name in _names() for path in _paths(name, requests)})
    for who, member in people.items():
        client = Client()
        if member:
            client.force_login(member.person)
        for path in paths:
            response = client.get(path)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                found.append((who, path))
    return found


def _names(patterns=None, prefix=""):
    for one in get_resolver("chartrequest.urls").url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            if one.name and not any(word in prefix + one.name for word in SKIPPED):
                yield prefix + one.name, sorted(one.pattern.converters)
        else:
            space = f"{one.namespace}:" if one.namespace else ""
            yield from (
                (n, [*sorted(one.pattern.converters), *w])
                for n, w in _names(one.url_patterns, prefix + space)
            )


def _paths(name_and_words, requests):
    """The name's addresses, with whatever of the cast fits its parts."""
    name, words = name_and_words
    every = requests.values()
    values = {
        "public_id": [one.public_id for one in every],
        "batch_id": [one.batch_id for one in every if one.state == "draft"],
        "page": [one.pages.first().pk for one in every if one.pages.exists()][:1],
        "file": [one.files.first().pk for one in every if one.files.exists()][:1],
        "step": ["patient", "providers"],
    }
    for chosen in product(*(values.get(word, [one.pk for one in every][:1]) for word in words)):
        try:
            yield reverse(name, kwargs=dict(zip(words, chosen, strict=True)))
        except NoReverseMatch:
            continue


def _look(chromium, server, member, path):
    """Bytes of CSS and script by either compression, and how far things moved, at the worst width."""
    loaded, moved, inline = set(), 0, ""
    for width in WIDTHS:
        context = chromium.new_context(viewport={"width": width, "height": 900})
        if member:
            key = web.session(member)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.address}])
        context.add_init_script(WATCH_MOVES)
        page = context.new_page()
        page.on("response", lambda answer: _note(loaded, answer))
        page.goto(server.address + path, wait_until="load")
        page.wait_for_timeout(250)
        moved = max(moved, sum(page.evaluate("window.moves")))
        inline = page.evaluate(INLINE)
        context.close()
    within = len(brotli.compress(inline.encode())) if inline.strip() else 0
    return {
        "brotli": within + sum(_packed(one, ".br") for one in loaded),
        "gzip": within + sum(_packed(one, ".gz") for one in loaded),
        "moved": moved,
    }


def _note(loaded, answer):
    if answer.request.resource_type in {"stylesheet", "script"}:
        loaded.add(urlsplit(answer.url).path)


def _packed(path, ending):
    """The size of what is sent: the file that was compressed beforehand, or the file itself where it is tiny."""
    file = Path(settings.STATIC_ROOT) / path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")
    packed = file.with_name(file.name + ending)
    return (packed if packed.exists() else file).stat().st_size
