"""Assembling and downloading a large release: memory, and speed beside a loop that reads and decrypts the file."""

import os
import tempfile
import time
from pathlib import Path

from django.core.files import File
from django.urls import reverse

from bench import clock, papers, web
from bench.figures import Figure
from bench.lives import Lives, deliver
from bench.memory import MIB, Watch
from documents import store

MOST_GROWTH, LEAST_SHARE = 30, 0.5


def measure(size):
    lives = Lives("release")
    # What a worker has done before: its libraries are loaded.
    lives.request_in("completed")
    with tempfile.TemporaryDirectory() as folder:
        heap = papers.heap(Path(folder) / "heap.pdf", size.megabytes)
        with heap.open("rb") as file:
            record_request = lives.request_in("ordered", file=File(file, name="heap.pdf"))
    with Watch(os.getpid()) as watch:
        began = time.perf_counter()
        deliver()
        took = time.perf_counter() - began
    record_request.refresh_from_db()
    assert record_request.state == "completed", record_request.state
    released = record_request.release.document.size / 1e6
    return [
        Figure(f"Assembling {released:.0f} MB", f"{took:.1f} s"),
        _flat("Memory of the worker while it assembles", watch),
        Figure("Its child that joins the pages, at most", f"{watch.child / MIB:.0f} MB"),
        *_download(lives, record_request, 5 if size.rounds > 10 else 1),
    ]


def _download(lives, record_request, rounds):
    document = record_request.release.document
    address = reverse("download_release", args=[record_request.public_id])
    with web.serving() as server:

        def through_the_door():
            assert server.get(address, lives.rosa) == document.size

        through_the_door()
        with Watch(server.pid) as watch:
            ours, plain = clock.in_turns(
                through_the_door, lambda: _decrypted(document), rounds=rounds, warm=1
            )
    here, there = (document.size / 1e6 / (clock.p50(times) / 1000) for times in (ours, plain))
    return [
        Figure(
            "Download through the web process",
            f"{here:.0f} MB/s ({here / there:.2f} ×)",
            f"{there:.0f} MB/s",
            f"at least {LEAST_SHARE} ×",
            here >= LEAST_SHARE * there,
        ),
        _flat("Memory of the web process while it sends", watch),
    ]


def _decrypted(document):
    for _piece in store.chunks(document.key):
        pass


def _flat(name, watch):
    grown = watch.grown / MIB
    return Figure(name, f"{grown:+.0f} MB", "", f"±{MOST_GROWTH} MB", abs(grown) <= MOST_GROWTH)
