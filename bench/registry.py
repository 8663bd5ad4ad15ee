"""The national registry: taking it in beside Python's csv module, finding in it beside a search without an index."""

import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import clock, memory, registry_file
from bench.crowd import shared
from bench.figures import Figure
from directory.finding import index, places
from directory.finding.asking import Search
from directory.finding.find import find
from directory.models import RegistryEntry, Word
from requests_app.models import Batch
from tests import stage

LEAST_ROWS_A_SECOND, MOST_MB = 8000, 300
# What a page may take on SQLite, which is for a small installation: 50,000 rows.
MOST_ON_SQLITE = 100
# Of each kind of search so many different ones; each is asked for once warm and then timed.
ASKED = 40


def measure(size):
    """Figures at `size.registry` rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "npidata_pfile_bench.csv"
        registry_file.write(path, size.registry)
        figures = _import(path, size.registry)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("analyze directory_registryentry")
    return figures + _searches(size)


def _import(path, count):
    began = time.perf_counter()
    with path.open(newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == count + 1
    plain = count / (time.perf_counter() - began)
    with subprocess.Popen(
        [sys.executable, "manage.py", "import_registry", str(path)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as command:
        most = 0
        while command.poll() is None:
            most = max(most, memory.resident(command.pid))
            time.sleep(0.05)
        said = command.stdout.read()
    assert RegistryEntry.objects.count() == count, said
    rate = _rate(said)
    index_took, words_took = re.findall(r": ([^:,\n]*min [^,.\n]*s)[,.]", said)[-2:]
    return [
        Figure(
            f"Import of {count:,} rows",
            f"{rate:,.0f} rows/s" if rate else "under a second",
            f"csv alone {plain:,.0f} rows/s",
            f"at least {LEAST_ROWS_A_SECOND:,} rows/s",
            rate is None or rate >= LEAST_ROWS_A_SECOND,
        ),
        Figure(
            "Its memory",
            f"{most / memory.MIB:.0f} MB",
            "",
            f"at most {MOST_MB} MB",
            most / memory.MIB <= MOST_MB,
        ),
        Figure("Index of names", f"{_megabytes(index.size(RegistryEntry))} in {index_took}"),
        Figure("Words for misspelled names", f"{Word.objects.count():,} in {words_took}"),
    ]


def _megabytes(size):
    return f"{size / 1e6:,.0f} MB" if size is not None else "built"


def _rate(said):
    found = re.search(r"([\d,]+) rows a second", said)
    return int(found[1].replace(",", "")) if found else None


def _searches(size):
    drawn = random.Random(11)
    numbers = range(0, size.registry, max(1, size.registry // ASKED))
    some = list(RegistryEntry.objects.filter(pk__in=map(registry_file.npi, numbers)).order_by("npi")[:ASKED])
    by_name = [Search(name=_typed(drawn, one), state="") for one in some]
    with_state = [Search(name=_typed(drawn, one), state=one.state) for one in some]
    around = [Search(near=point) for one in some if (point := places.where(one.zip_code))]
    return [
        _timed("Search by name and state", with_state, 50, _plain_by_name),
        _timed("Search by name alone", by_name, 150, _plain_by_name),
        _timed("Nearby", around, 50),
        *_pages(size, with_state, by_name),
    ]


def _typed(drawn, entry):
    """A part of the name as people type it: two words, one of three times with two letters swapped."""
    words = re.findall(r"[a-z]{2,}", entry.name.lower())
    typed = words[:1] + words[-2:-1] if entry.is_person else words[:2]
    if typed and drawn.random() < 1 / 3 and len(typed[-1]) > 4:
        word = typed[-1]
        at = drawn.randrange(1, len(word) - 2)
        typed[-1] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(typed)


def _plain_by_name(search):
    """What one would write first: every word somewhere in the name, no index."""
    found = RegistryEntry.objects.filter(deactivated_on=None)
    if search.state:
        found = found.filter(state=search.state)
    for word in search.words:
        found = found.filter(name__icontains=word)
    return list(found.order_by("name")[:10])


def _timed(label, searches, most, plain=None):
    most = _bound(most)
    for search in searches:
        find(_again(search))
    times = [_milliseconds(find, _again(search)) for search in searches]
    beside = [_milliseconds(plain, search) for search in searches[:8]] if plain else []
    return Figure(
        f"{label}: p50 / p95",
        f"{clock.p50(times):.1f} / {clock.p95(times):.1f} ms",
        f"every word anywhere, no index {clock.p50(beside):,.0f} ms" if beside else "",
        f"p95 at most {most} ms",
        clock.p95(times) <= most,
    )


def _again(search):
    """A fresh question: a Search keeps the words it looked up."""
    return Search(name=search.name, state=search.state, near=search.near)


def _milliseconds(action, argument):
    began = time.perf_counter()
    action(argument)
    return (time.perf_counter() - began) * 1000


def _pages(size, with_state, by_name):
    crowd = shared()
    batch = Batch.objects.create(
        organization=crowd.rosa.organization,
        owner=crowd.rosa.person,
        patient=stage.patient(crowd.rosa.organization),
    )
    client = Client()
    client.force_login(crowd.rosa.person)
    address = reverse("wizard_providers", args=[batch.pk])

    def page(search):
        answer = client.get(address, {"name": search.name, "state": search.state})
        assert answer.status_code == 200

    for label, searches, most in (("name and state", with_state, 100), ("name alone", by_name, 300)):
        for search in searches[:5]:
            page(search)
        times = [_milliseconds(page, search) for search in searches]
        yield Figure(
            f"The page, {label}: p50 / p95",
            f"{clock.p50(times):.1f} / {clock.p95(times):.1f} ms",
            "",
            f"p95 at most {_bound(most)} ms",
            clock.p95(times) <= _bound(most),
        )


def _bound(most):
    """Milliseconds at p95 that are asked for on this database."""
    return most if connection.vendor == "postgresql" else MOST_ON_SQLITE
