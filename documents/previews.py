"""Pictures of pages: thumbnails after intake, large ones when looked at. Kept encrypted, in packs."""

import io
import logging
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from PIL import Image, ImageDraw

from documents import limited, store
from documents.models import Document, PreviewPack
from outbox.handlers import handler

log = logging.getLogger(__name__)

Size = PreviewPack.Size
PROCESSES = 2
STUCK_PAGES = 3
# A screen of thumbnails asks for many pages of one pack at once: the first request makes it, the others wait.
LOCKS = [threading.Lock() for _lock in range(32)]
# Pages made to be slow hold whoever asks for a minute: most threads of the process must stay free for others.
PLACES = threading.BoundedSemaphore(3)
PATIENCE = 5  # seconds


@dataclass(frozen=True)
class Plan:
    """Pixels that a picture fits into, JPEG quality, and how many pages are kept together."""

    width: int
    height: int
    quality: int
    pages: int


PLANS = {Size.THUMBNAIL: Plan(150, 300, 60, 50), Size.PAGE: Plan(1100, 2200, 80, 20)}


def thumbnail(document, number):
    """The JPEG of page `number` (from 1), up to 150 pixels wide. LookupError where there is no such page."""
    return _picture(document, Size.THUMBNAIL, number)


def thumbnails(document, first, last):
    """The JPEGs of pages `first` to `last`, for a screen that shows many: a trip to the store for each 50."""
    return [thumbnail(document, number) for number in range(first, last + 1)]


def page_image(document, number):
    """The JPEG of page `number` (from 1), up to 1100 pixels wide. Raises LookupError."""
    return _picture(document, Size.PAGE, number)


@handler("documents.previews")
def make_thumbnails(_job, document_id):
    """Make the thumbnails that a document lacks."""
    document = Document.objects.filter(pk=document_id).first()
    if document and document.is_paged:
        make(document, Size.THUMBNAIL, 1, document.page_count)


def make(document, size, first, last):
    """Make the packs of `size` that hold pages `first` to `last` and aren't there yet."""
    plan = PLANS[size]
    there = set(document.preview_packs.filter(size=size).values_list("first", flat=True))
    missing = [start for start in _starts(plan, first, last) if start not in there]
    if not missing:
        return
    with store.unsealed(document.key) as file, ThreadPoolExecutor(PROCESSES) as pool:
        share = -(-len(missing) // PROCESSES)
        runs = [missing[at : at + share] for at in range(0, len(missing), share)]
        drawn = list(pool.map(lambda run: _draw_packs(document, plan, file, run), runs))
    for packs in drawn:
        for start, pictures in packs.items():
            _keep(document, size, start, pictures)


def _picture(document, size, number):
    plan = PLANS[size]
    if not document.page_count or not 1 <= number <= document.page_count:
        raise LookupError(f"{document} has no page {number}.")
    start = next(_starts(plan, number, number))
    for _try in range(2):
        pack = document.preview_packs.filter(size=size, first=start).first()
        if pack is None and not (pack := _made(document, size, start)):
            return _no_preview(plan, gettext("Busy: open this again"))
        try:
            content = _content(pack.key)
        except FileNotFoundError:  # what can be made again is no loss
            pack.delete()
            continue
        ends = [0, *pack.ends]
        at = number - start
        return content[ends[at] : ends[at + 1]] or _no_preview(plan, gettext("No preview"))
    raise store.StoreFailed("A preview was made but is not there.")


def _made(document, size, start):
    """The pack, made now; None where too many others are being made."""
    if not PLACES.acquire(timeout=PATIENCE):
        return None
    try:
        with LOCKS[hash((document.pk, size, start)) % len(LOCKS)]:
            make(document, size, start, start)
    finally:
        PLACES.release()
    return document.preview_packs.get(size=size, first=start)


@lru_cache(maxsize=4)
def _content(key):
    """A pack never changes; a screen of thumbnails asks for the same one many times."""
    return b"".join(store.chunks(key))


def _starts(plan, first, last):
    """The first pages of the packs that hold `first` to `last`."""
    return iter(range((first - 1) // plan.pages * plan.pages + 1, last + 1, plan.pages))


def _draw_packs(document, plan, file, starts):
    """`{start: [JPEG, …]}`; runs of packs that follow one another are drawn by one process."""
    drawn = {}
    for run in _consecutive(starts, plan.pages):
        last = min(run[-1] + plan.pages - 1, document.page_count)
        pictures = _draw(document, plan, file, run[0], last)
        for start in run:
            drawn[start] = [pictures.get(n, b"") for n in range(start, min(start + plan.pages, last + 1))]
    return drawn


def _consecutive(starts, step):
    runs = []
    for start in starts:
        if runs and start == runs[-1][-1] + step:
            runs[-1].append(start)
        else:
            runs.append([start])
    return runs


def _draw(document, plan, file, first, last):
    """`{number: JPEG}`. A page that a process dies on is left out, and another process goes on behind it."""
    pictures, stuck = {}, 0
    while first <= last and stuck < STUCK_PAGES:
        drawn, begun = _draw_until_stopped(document, plan, file, first, last)
        pictures |= drawn
        if begun is None:
            return pictures
        # Stopped on the very first page: the page is to blame. Later: perhaps only the sum of many pages.
        if begun == first:
            stuck += 1
            log.warning("Page %s of %s can't be drawn within the limits", begun, document)
            begun += 1
        first = begun
    return pictures


def _draw_until_stopped(document, plan, file, first, last):
    """The pictures made, and the page in work when the process was stopped (None if it came to its end)."""
    with tempfile.TemporaryFile() as out:
        job = {
            "path": limited.path_of(file),
            "out": limited.path_of(out),
            "media_type": document.media_type,
            "first": first,
            "last": last,
            "width": plan.width,
            "height": plan.height,
            "quality": plan.quality,
        }
        begun = None
        try:
            reports = limited.run("previews", job, files=[file, out])
        except limited.ChildFailed as error:
            reports = error.reports
            begun = max((report["begun"] for report in reports if "begun" in report), default=first)
        pictures = {r["page"]: out.read(r["size"]) for r in reports if "page" in r}
        return pictures, begun


def _keep(document, size, start, pictures):
    kept = store.put(io.BytesIO(b"".join(pictures)))
    try:
        with transaction.atomic():
            PreviewPack.objects.create(
                document=document,
                size=size,
                first=start,
                ends=list(accumulate(len(picture) for picture in pictures)),
                key=kept.key,
            )
    except IntegrityError:  # another process made the same pack meanwhile, or the document is gone
        store.remove(kept.key)


@lru_cache
def _no_preview(plan, words):
    """A sheet that says so, for pages that can't be drawn; the page itself is kept and counted."""
    width, height = plan.width, plan.width * 11 // 8
    sheet = Image.new("L", (width, height), 245)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, width - 1, height - 1), outline=160)
    draw.text((width / 2, height / 2), words, fill=90, anchor="mm", font_size=max(14, width // 30))
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=plan.quality)
    return file.getvalue()
