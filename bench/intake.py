"""Taking in a chart: check, count, encrypt, thumbnails, beside qpdf and pdftoppm; memory of the web process."""

import subprocess
import tempfile
from pathlib import Path

from django.core.files import File
from django.urls import reverse

from bench import clock, papers, web
from bench.figures import Figure, ratio
from bench.lives import Lives
from bench.memory import MIB, Watch
from documents import previews
from documents.intake import take_in
from documents.models import Use

MOST_TIMES, MOST_GROWTH = 3, 30
THUMBNAIL = previews.PLANS[previews.Size.THUMBNAIL]


def measure(size):
    lives = Lives("intake")
    with tempfile.TemporaryDirectory() as folder:
        chart = papers.chart(Path(folder) / "chart.pdf", size.pages)
        ours, theirs = clock.in_turns(
            lambda: _ours(chart, lives, size.pages),
            lambda: _theirs(chart, size.pages),
            rounds=3 if size.rounds > 10 else 1,
            warm=1,
        )
        label = f"{size.pages} pages, {chart.stat().st_size / 1e6:.0f} MB: check, count, keep, thumbnails"
        time = ratio(label, clock.p50(ours) / 1000, clock.p50(theirs) / 1000, MOST_TIMES, unit="s")
        return [time, *_memory(lives, chart)]


def _ours(chart, lives, pages):
    with chart.open("rb") as file:
        document = take_in(File(file, name="chart.pdf"), use=Use.RECORDS, by=lives.clara)
    previews.make(document, previews.Size.THUMBNAIL, 1, document.page_count)
    assert document.page_count == pages


def _theirs(chart, pages):
    """The same check, count and thumbnails by the tools that every Debian has, one after another."""
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["qpdf", "--check", chart], **quiet)
    counted = subprocess.run(["qpdf", "--show-npages", chart], check=True, capture_output=True, text=True)
    assert int(counted.stdout) == pages
    with tempfile.TemporaryDirectory() as out:
        wanted = ["-scale-to-x", str(THUMBNAIL.width), "-scale-to-y", "-1"]
        quality = ["-jpeg", "-jpegopt", f"quality={THUMBNAIL.quality}"]
        subprocess.run(["pdftoppm", *quality, *wanted, chart, f"{out}/page"], **quiet)


def _memory(lives, chart):
    """The chart sent by the upload form to the real web process, which has taken a small file before."""
    small = papers.chart(chart.with_name("small.pdf"), 2)
    with web.serving() as server:
        for file in (small, chart):
            address = reverse("upload_records", args=[lives.request_in("pending").public_id])
            with Watch(server.pid) as watch:
                status = server.upload(address, lives.clara, "files", file)
            assert status == 302, status
    grown = watch.grown / MIB
    return [
        Figure(
            "Memory of the web process while it takes the file",
            f"{grown:+.0f} MB",
            "",
            f"±{MOST_GROWTH} MB",
            abs(grown) <= MOST_GROWTH,
        ),
        Figure("Its child that reads the file, at most", f"{watch.child / MIB:.0f} MB"),
    ]
