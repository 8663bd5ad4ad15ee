"""Joining approved pages into one PDF (product 1.7), in a process with limits."""

import logging
import tempfile
from contextlib import ExitStack
from typing import NamedTuple

from django.db import transaction

from documents import kinds, limited, names, store
from documents.models import Document, Use

log = logging.getLogger(__name__)

# 200 MB take some seconds; memory doesn't grow with the size, as streams are copied through.
LIMITS = limited.Limits(cpu=600, wall=780, output=8 * limited.GIB)


class AssemblyFailed(Exception):
    """The pages could not be joined, or the result does not have the pages that it should."""


class Part(NamedTuple):
    """Page `number` (from 1) of a document, turned clockwise by `rotation` degrees (a multiple of 90)."""

    document: Document
    number: int
    rotation: int = 0


def assemble(parts, *, stamp, cover_pdf=None, name="records.pdf", by=None):
    """Join parts into a new Document, each page stamped `stamp · page n of N` below its content.

    `cover_pdf` is a PDF of our own, as bytes; its pages come first, are not stamped and not counted in N.
    Scripts, attachments, links and metadata of the sources are left behind. Raises AssemblyFailed.
    """
    parts = [Part(*part) for part in parts]
    for document, number, rotation in parts:
        if not document.page_count or not 1 <= number <= document.page_count or rotation % 90:
            raise AssemblyFailed(f"There is no page {number} of {document} to be turned by {rotation}.")
    if not parts:
        raise AssemblyFailed("No pages to join.")
    with tempfile.TemporaryFile() as out:
        pages = _join(parts, stamp, cover_pdf, out)
        out.seek(0)
        kept = store.put(out)
    try:
        with transaction.atomic():
            return Document.objects.create(
                key=kept.key,
                use=Use.GENERATED,
                name=names.cleaned(name),
                media_type=kinds.PDF,
                size=kept.size,
                stored_size=kept.stored_size,
                sha256=kept.sha256,
                page_count=pages,
                uploaded_by_id=getattr(getattr(by, "actor", None), "person_id", None),
            )
    except BaseException:
        store.remove(kept.key)
        raise


def _join(parts, stamp, cover_pdf, out):
    """Write the joined PDF to `out`; returns how many pages it has, cover included."""
    documents = list({part.document.pk: part.document for part in parts}.values())
    place = {document.pk: index for index, document in enumerate(documents)}
    with ExitStack() as stack:
        sources = [stack.enter_context(store.unsealed(document.key)) for document in documents]
        cover = stack.enter_context(tempfile.TemporaryFile()) if cover_pdf else None
        if cover:
            cover.write(cover_pdf)
            cover.flush()
        job = {
            "sources": [
                {"path": limited.path_of(file), "media_type": document.media_type}
                for file, document in zip(sources, documents, strict=True)
            ],
            "parts": [(place[part.document.pk], part.number, part.rotation % 360) for part in parts],
            "cover": limited.path_of(cover) if cover else None,
            "stamp": stamp,
            "out": limited.path_of(out),
        }
        files = [*sources, out, *([cover] if cover else [])]
        try:
            (report,) = limited.run("assemble", job, files=files, limits=LIMITS)
        except (limited.ChildFailed, ValueError) as error:
            raise AssemblyFailed("The pages could not be joined.") from error
    if report.get("pages") != len(parts):
        raise AssemblyFailed(f"{len(parts)} pages were to be joined; the result has {report.get('pages')}.")
    return report["all"]
